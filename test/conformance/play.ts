import type { Json, JsonObject } from '../../engine/json.ts';
import type { Library } from '../../engine/library.ts';
import { channels } from '../../engine/model/contact.ts';
import type { LocalizedText } from '../../engine/model/effects.ts';
import type { TimelineEntry } from '../../engine/model/timeline.ts';
import { effectiveZone } from '../../engine/policy/zone.ts';
import type { Definition, Process } from '../../engine/schema/index.ts';
import type { Scenario } from '../../engine/schema/process.ts';
import { ghostContact } from '../../engine/simulate/contact.ts';
import { addDuration, durationMs } from '../../engine/time/duration.ts';
import { newId } from '../../store/id.ts';
import { timelineOf } from '../../store/journal.ts';
import { Approvals } from '../../store/models/approval.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Deals } from '../../store/models/deal.ts';
import { Definitions } from '../../store/models/definition.ts';
import { Instances } from '../../store/models/instance.ts';
import { ScoreEntries, SendLedgers } from '../../store/models/ledger.ts';
import { Messages } from '../../store/models/message.ts';
import { Tasks } from '../../store/models/task.ts';
import { Users } from '../../store/models/user.ts';
import { insertContact, publish } from '../support/records.ts';
import { decideApproval } from './approval-events.ts';
import { DealEvents } from './deal-events.ts';
import type { Stage } from './stage.ts';
import { TicketEvents } from './ticket-events.ts';

interface Played {
  timeline: TimelineEntry[];
  outcome: string | null;
  messages: { step: string; template: string }[];
  tasks: LocalizedText[];
}

const defaultStart = Date.parse('2026-03-02T09:00:00Z');

/** Plays a scenario on the real thing: its events go through the intake, at their virtual instants. */
export async function playScenario(
  stage: Stage,
  process: Process,
  library: Library,
  scenario: Scenario,
): Promise<Played> {
  const { given } = scenario;
  const start = given.now === undefined ? defaultStart : Date.parse(given.now);
  const { contact } = ghostContact(given.contact, start);
  const { zone } = effectiveZone(contact, process.settings.timezone, library.policy);
  await prepare(process, library, scenario, start);
  await stage.beginAt(start);
  const after = (duration: string) => addDuration(start, duration, zone);
  const end = after(scenario.until ?? 'P1Y');
  const events = scenario.events.map((event) => ({ event, at: after(event.at) })).sort((a, b) => a.at - b.at);
  const tickets = new TicketEvents(stage, contact.id, given);
  const deals = new DealEvents(stage, contact.id, given);
  if (process.subject === 'deal') await deals.open(start);
  for (const { event, at } of events) {
    if (at > end) break;
    await stage.sleepUntil(at);
    if (event.event.startsWith('ticket.')) {
      await tickets.submit(event, at, event === events[0]?.event);
      continue;
    }
    if (process.subject === 'deal') await deals.change(event, at);
    if (event.event.startsWith('deal.')) continue;
    if (event.event === 'approval.decided') {
      await decideApproval(stage, contact.id, event, at);
      continue;
    }
    if (event.event.startsWith('task.') && event.of !== undefined) {
      await stage.submit('task', { ...(await deedOn(contact.id, event)), ...plain(event.data) }, at);
      continue;
    }
    const isEnrolment = process.triggers.some(({ on }) => on === 'api') && event === events[0]?.event;
    if (isEnrolment) {
      await stage.submit(
        'enrol',
        { process: process.key, contactId: contact.id, data: plain(event.data), by: 'test' },
        at,
      );
    } else if (event.event === 'contact.changed') {
      await stage.submit('change', { contactId: contact.id, set: flatten(plain(event.contact ?? {})), by: 'test' }, at);
    } else if (event.event === 'contact.unsubscribed') {
      // In life it is the withdrawal that makes the event.
      for (const channel of channels) {
        await stage.submit('consent', { contactId: contact.id, channel, value: 'withdrawn', by: 'test' }, at);
      }
    } else {
      const body: JsonObject = { contactId: contact.id, event: event.event, data: plain(event.data) };
      if (event.of !== undefined) body.message = await latestMessage(contact.id, event.of);
      if (process.subject === 'deal' && event.event.startsWith('payment.')) {
        body.data = { ...plain(event.data), dealId: deals.dealId };
      }
      if (event.contact !== undefined) body.contact = plain(event.contact);
      await stage.submit('event', body, at);
    }
  }
  await stage.sleepUntil(end);
  return await result(process.key, contact.id);
}

async function prepare(process: Process, library: Library, { given }: Scenario, start: number): Promise<void> {
  await Promise.all([Contacts.deleteMany({}), Users.deleteMany({}), Definitions.deleteMany({})]);
  await Promise.all([Tasks.deleteMany({}), Approvals.deleteMany({}), Deals.deleteMany({})]);
  await Instances.updateMany({}, { $set: { status: 'ended' }, $unset: { deadline: '' } });
  await publish(process);
  await publish(library.policy);
  const { calendars, segments, pipelines } = library;
  for (const one of [calendars, segments, pipelines].flatMap((kind): Definition[] => Object.values(kind)))
    await publish(one);
  const { contact } = ghostContact(given.contact, start);
  const { id, email, phone, createdAt, ...fields } = contact;
  await insertContact(id, {
    ...fields,
    ...(email !== undefined && { email, emailKey: email.toLowerCase() }),
    ...(phone !== undefined && { phone, phoneKey: phone }),
    createdAt: new Date(createdAt),
    updatedAt: new Date(createdAt),
  });
  const head = { contactId: id, rule: '', reason: 'given', at: new Date(start) };
  for (const axis of ['fit', 'engagement'] as const) {
    if (contact.score[axis] !== 0)
      await ScoreEntries.create({ _id: newId(), ...head, axis, points: contact.score[axis] });
  }
  const sent = given.sent.map(({ channel, purpose, ago }, index) => {
    return { key: `before/${index}`, at: start - durationMs(ago), channel, purpose };
  });
  if (sent.length > 0) await SendLedgers.create({ _id: id, rev: 1, sent });
  for (const { key, role, active, load } of given.users) {
    await Users.create({ _id: key, name: key, role, active, language: 'en', email: `${key}@example.com` });
    const subject = { kind: 'contact' as const, id: 'other', contactId: 'other' };
    const task = {
      subject,
      contactId: 'other',
      title: 'load',
      assignee: key,
      status: 'open' as const,
      createdBy: 'api',
      createdAt: new Date(start),
      updatedAt: new Date(start),
    };
    await Tasks.insertMany(Array.from({ length: load }, () => ({ _id: newId(), ...task })));
  }
}

const deeds: Record<string, string> = {
  'task.done': 'done',
  'task.cancelled': 'cancel',
  'task.reopened': 'reopen',
};

/** What is done to the latest task of a step, so that the intake tells the event. */
async function deedOn(contactId: string, { event, of }: Scenario['events'][number]): Promise<JsonObject> {
  const task = await Tasks.findOne({ contactId, 'step.id': of }).sort({ createdAt: -1 }).lean();
  return { do: deeds[event] ?? event, taskId: task?._id ?? '', by: 'user:anna' };
}

async function latestMessage(contactId: string, step: string): Promise<string> {
  const message = await Messages.findOne({ contactId, step }).sort({ queuedAt: -1 }).lean();
  return message?._id ?? '';
}

/** Of the first instance: a later event of the scenario may let the contact in again, which a simulation does not play. */
async function result(process: string, contactId: string): Promise<Played> {
  const instance = await Instances.findOne({ contactId, process }).sort({ _id: 1 }).lean();
  if (instance === null) return { timeline: [], outcome: null, messages: [], tasks: [] };
  const messages = await Messages.find({ instance: instance._id }).sort({ queuedAt: 1 }).lean();
  const tasks = await Tasks.find({ contactId }).sort({ createdAt: 1 }).lean();
  return {
    timeline: await timelineOf(instance._id),
    outcome: instance.outcome ?? null,
    messages: messages.map(({ step, template }) => ({ step, template })),
    tasks: tasks.filter(({ step }) => step?.instance === instance._id).map(({ title }) => title),
  };
}

function flatten({ attributes, ...fields }: Record<string, Json>): Record<string, Json> {
  const own = typeof attributes === 'object' && attributes !== null && !Array.isArray(attributes) ? attributes : {};
  return {
    ...fields,
    ...Object.fromEntries(Object.entries(own).map(([name, value]) => [`attributes.${name}`, value])),
  };
}

function plain(value: unknown): JsonObject {
  return JSON.parse(JSON.stringify(value));
}
