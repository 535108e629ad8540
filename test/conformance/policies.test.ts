import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../config/root.ts';
import type { JsonObject } from '../../engine/json.ts';
import { libraryOf } from '../../engine/library.ts';
import { type Definition, definitionSchema } from '../../engine/schema/index.ts';
import type { SlaScenario } from '../../engine/schema/sla.ts';
import { simulateSla } from '../../engine/sla/simulate.ts';
import { addDuration } from '../../engine/time/duration.ts';
import { timelineOf } from '../../store/journal.ts';
import { Instances } from '../../store/models/instance.ts';
import { saveUser } from '../../store/users.ts';
import { later, policy } from '../engine/sla/desk.ts';
import { publish, uniquely } from '../support/records.ts';
import { opening } from './deeds.ts';
import { Stage } from './stage.ts';

/** A promise that falls away while its escalation is under way, and comes back. */
const lapsing = policy({
  key: 'lapsing',
  order: 1,
  when: "ticket.?topic.orValue('') == 'lapsing'",
  targets: { 'first-response': { high: 'PT1H', urgent: 'PT1H' } },
  escalations: [later],
  scenarios: [
    {
      name: 'the promise falls away and comes back',
      given: { ticket: { priority: 'high', topic: 'lapsing' } },
      events: [
        { at: 'PT2H', event: 'ticket.changed', set: { priority: 'low' } },
        { at: 'PT4H', event: 'ticket.changed', set: { priority: 'urgent' } },
      ],
      until: 'P1D',
      expect: {},
    },
  ],
});
const library = libraryOf([lapsing, ...['calendars', 'contact-policies', 'sla'].flatMap((folder) => load(folder))]);
const cases = Object.values(library.slas).flatMap((sla) =>
  sla.scenarios.map((scenario) => ({ name: `${sla.key}: ${scenario.name}`, sla, scenario })),
);

describe('the simulator of policies and Temporal', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
    // All at once: a worker looks at what is published only every other second.
    const { slas, policy: company, calendars } = library;
    for (const one of [...Object.values(slas), company, ...Object.values(calendars)]) await publish(one);
    await saveUser({
      _id: 'anna',
      name: 'Anna',
      role: 'agent',
      language: 'en',
      active: true,
      skills: [],
      absences: [],
    });
  });
  afterAll(() => stage.close());

  it.each(cases)('agree on $name', async ({ sla, scenario }) => {
    const { story, zone, startedAt } = simulateSla(sla, library, scenario);
    const id = await play(stage, scenario, { startedAt, zone });
    const clocks = await Instances.findOne({ 'subject.id': id, process: 'sla' }).lean();
    const real = (await timelineOf(clocks?._id ?? '')).filter(({ kind }) => kind === 'clock');
    expect(clockByClock(real.map(({ at, detail = {} }) => line({ at, ...detail })))).toEqual(
      clockByClock(story.flatMap((one) => (one.what === 'clock' ? [line({ ...one })] : []))),
    );
    const steps = story.flatMap((one) => (one.what === 'step' ? [escalated(one)] : []));
    expect(inOrder(await escalationsOf(id))).toEqual(inOrder(steps));
  });
});

/** What the scenario says happens, through the intake, to a ticket for which its policy is the first that matches. */
async function play(
  stage: Stage,
  { given, events, until = 'P30D' }: SlaScenario,
  { startedAt, zone }: { startedAt: number; zone: string },
): Promise<string> {
  await Instances.updateMany({}, { $set: { status: 'ended' }, $unset: { deadline: '' } });
  await stage.beginAt(startedAt);
  const id = uniquely('ticket');
  const created = opening(id);
  await stage.submitAll(
    [{ ...created, body: { ...created.body, set: JSON.parse(JSON.stringify(given.ticket)) } }],
    startedAt,
  );
  const end = addDuration(startedAt, until, zone);
  for (const { at, event, set = {} } of events) {
    const moment = addDuration(startedAt, at, zone);
    if (moment > end) break;
    await stage.sleepUntil(moment, 0);
    await stage.submit('ticket', deed(id, event, JSON.parse(JSON.stringify(set))), moment);
  }
  await stage.sleepUntil(end, 0);
  return id;
}

/** What somebody does so that the event happens. */
function deed(ticketId: string, event: string, set: JsonObject): JsonObject {
  const known = { ticketId, by: 'user:anna' };
  const message = { text: 'A word' };
  const status: Record<string, string> = {
    'ticket.resolved': 'resolved',
    'ticket.closed': 'closed',
    'ticket.reopened': 'open',
  };
  if (event === 'ticket.agent-replied') return { do: 'say', ...known, message, ...set };
  if (event === 'ticket.noted') return { do: 'say', ...known, message, internal: true };
  if (event === 'ticket.customer-replied') {
    return {
      do: 'from-customer',
      ticketId,
      email: `${ticketId}@example.com`,
      channel: 'email',
      subject: 'Re',
      message,
    };
  }
  return { do: 'change', ...known, set: { ...(status[event] !== undefined && { status: status[event] }), ...set } };
}

/** What the steps of a ticket's escalations did, as their instances tell it. */
async function escalationsOf(ticketId: string): Promise<ReturnType<typeof escalated>[]> {
  const instances = await Instances.find({ 'subject.id': ticketId, 'definition.part': /^escalation:/ }).lean();
  const timelines = await Promise.all(
    instances.map(async ({ _id, definition }) => {
      const escalation = definition.part?.slice('escalation:'.length) ?? '';
      const lines = await timelineOf(_id);
      return lines.flatMap(({ at, step, kind }) =>
        step === undefined ? [] : [escalated({ at, escalation, step, kind })],
      );
    }),
  );
  return timelines.flat();
}

function escalated({ at, escalation, step, kind }: { at: number; escalation: string; step: string; kind: string }) {
  return { at, escalation, step, kind };
}

/** Steps of several escalations at one instant have no order that means anything. */
function inOrder(lines: ReturnType<typeof escalated>[]): ReturnType<typeof escalated>[] {
  return lines.toSorted((a, b) => a.escalation.localeCompare(b.escalation) || a.at - b.at);
}

/** A line of the ledger without who and why, which a scenario tells in other words. */
function line({ at, target, n, change, status, consumed, goal, due, escalation }: Record<string, unknown>) {
  return { at, target, n, change, status, consumed, goal, due, escalation };
}

/** What an event does to several clocks at one instant has no order that means anything. */
function clockByClock(lines: ReturnType<typeof line>[]): ReturnType<typeof line>[] {
  return lines.toSorted((a, b) => `${a.target}#${a.n}`.localeCompare(`${b.target}#${b.n}`));
}

function load(folder: string): Definition[] {
  const path = join(packageRoot, 'definitions', folder);
  return readdirSync(path).map((file) => definitionSchema.parse(JSON.parse(readFileSync(join(path, file), 'utf8'))));
}
