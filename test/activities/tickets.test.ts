import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TurnInput } from '../../activities/contract.ts';
import { addNote } from '../../activities/effects/add-note.ts';
import { announce } from '../../activities/effects/announce.ts';
import { createTask } from '../../activities/effects/create-task.ts';
import { createTicket } from '../../activities/effects/create-ticket.ts';
import type { EffectDeps } from '../../activities/effects/effect.ts';
import { notifyUser } from '../../activities/effects/notify-user.ts';
import { startSteps } from '../../activities/effects/start-steps.ts';
import { updateRecord } from '../../activities/effects/update-record.ts';
import { createActivities } from '../../activities/index.ts';
import { intakeApplied } from '../../delivery/intake/submit.ts';
import type { JsonObject } from '../../engine/json.ts';
import type { DomainEvent } from '../../engine/model/event.ts';
import type { DefinitionRef, SubjectRef } from '../../engine/model/state.ts';
import { clocksDefinition } from '../../engine/sla/start.ts';
import { newId } from '../../store/id.ts';
import { timelineOf } from '../../store/journal.ts';
import { Clocks } from '../../store/models/clock.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Events } from '../../store/models/event.ts';
import { Instances } from '../../store/models/instance.ts';
import { Notifications } from '../../store/models/record.ts';
import { Tasks } from '../../store/models/task.ts';
import { Tickets } from '../../store/models/ticket.ts';
import { TicketMessages } from '../../store/models/ticket-message.ts';
import { Users } from '../../store/models/user.ts';
import { saveUser } from '../../store/users.ts';
import { policy, tell } from '../engine/sla/desk.ts';
import { insertInstances, publish, remembered } from '../support/records.ts';
import { EffectBench } from './bench.ts';

describe('tickets', () => {
  let bench: EffectBench;
  let deps: EffectDeps;
  let promise: DefinitionRef;

  beforeAll(async () => {
    bench = await EffectBench.open();
    deps = bench.deps;
    const late = { id: 'late', target: 'resolution', at: '100%', steps: [tell] };
    promise = await publish(policy({ targets: { resolution: { normal: 'PT1H' } }, escalations: [late] }));
    const week = { from: new Date(deps.now - 1_000), until: new Date(deps.now + 7 * 86_400_000) };
    const people = { language: 'en' as const, active: true, skills: [] };
    await saveUser({ ...people, _id: 'anna', name: 'Anna', role: 'agent', absences: [{ ...week, deputy: 'boris' }] });
    await saveUser({ ...people, _id: 'boris', name: 'Boris', role: 'agent', absences: [{ ...week, deputy: 'vera' }] });
    await saveUser({ ...people, _id: 'vera', name: 'Vera', role: 'lead', absences: [] });
  });
  afterAll(() => bench.close());

  /** A ticket of somebody new. */
  async function opened(set: JsonObject = {}): Promise<SubjectRef> {
    const who = { email: `${newId()}@example.com`, channel: 'email', subject: 'It is broken' };
    const id = await bench.does('ticket', { do: 'open', ...who, message: { text: 'Help!' }, set });
    const ticket = await Tickets.findById(id).lean();
    if (ticket === null) throw new Error('the ticket was not opened');
    return { kind: 'ticket', id, contactId: ticket.contactId };
  }

  it('are changed together with their contact by one step, or neither when a value is none', async () => {
    const subject = await opened();
    const set = { priority: 'high', team: 'second', 'contact.company': 'Ltd', 'contact.attributes.tier': 2 };
    expect(await updateRecord([bench.effect('update-record', { subject, set })], deps)).toMatchObject([
      { status: 'performed' },
    ]);
    expect(await Tickets.findById(subject.id).lean()).toMatchObject({ priority: 'high', team: 'second' });
    expect(await Contacts.findById(subject.contactId).lean()).toMatchObject({
      company: 'Ltd',
      attributes: { tier: 2 },
    });
    const wrong = bench.effect('update-record', { subject, set: { priority: 'burning' } });
    expect(await updateRecord([wrong], deps)).toMatchObject([
      { key: wrong.key, status: 'failed', error: { code: 'VALIDATION_FAILED' } },
    ]);
  });

  it('take notes, once however often they are asked for; a merged one has its survivor take them', async () => {
    const subject = await opened();
    const email = (await Contacts.findById(subject.contactId).lean())?.email ?? '';
    const survivor = await bench.does('ticket', {
      do: 'open',
      email,
      channel: 'email',
      subject: 'Same',
      message: { text: 'Again' },
    });
    await bench.does('ticket', { do: 'merge', ticketId: subject.id, into: survivor, by: 'user:vera' });
    const note = bench.effect('add-note', { subject, text: 'Escalated', process: 'p' });
    await addNote([note], deps);
    expect(await addNote([note], deps)).toMatchObject([{ status: 'performed' }]);
    expect(await TicketMessages.find({ kind: 'note' }).lean()).toMatchObject([
      { ticketId: survivor, text: 'Escalated', by: 'instance:i' },
    ]);
  });

  it('are opened by a step, which learns their id', async () => {
    const { contactId } = await opened();
    const subject = { kind: 'contact' as const, id: contactId, contactId };
    const ticket = { priority: 'low' as const, topic: 'billing' };
    const asked = bench.effect('create-ticket', { subject, title: 'A refund', text: 'Please', ticket, process: 'p' });
    const [outcome] = await createTicket([asked], deps);
    expect(outcome).toMatchObject({ status: 'performed', result: { ticket: expect.any(String) } });
    expect(await Tickets.find({ contactId, subject: 'A refund' }).lean()).toMatchObject([ticket]);
    expect(await createTicket([asked], deps)).toEqual([outcome]);
    expect(await Tickets.countDocuments({ contactId })).toBe(2);
  });

  it('make their assignee the owner; who is away is stood in for by the deputy of the deputy', async () => {
    const subject = await opened({ assignee: 'anna' });
    const item = { subject, title: 'Call', assignee: { owner: true as const }, due: null, process: 'p' };
    await createTask([bench.effect('create-task', item)], deps);
    expect(await Tasks.find({ title: 'Call' }).lean()).toMatchObject([{ assignee: 'vera', subject }]);
    const said = { subject, text: 'Look', process: 'p' };
    const lines = [
      bench.effect('notify-user', { ...said, to: { role: 'agent' } }),
      bench.effect('notify-user', { ...said, to: { user: 'vera' } }),
    ];
    expect(await notifyUser(lines, deps)).toMatchObject([
      { result: { users: ['vera'] } },
      { result: { users: ['vera'] } },
    ]);
    expect(await Notifications.countDocuments({ user: 'vera' })).toBe(2);
    await Users.updateOne(
      { _id: 'vera' },
      { $set: { absences: [{ from: new Date(0), until: new Date(deps.now * 2) }] } },
    );
    expect(await notifyUser([bench.effect('notify-user', { ...said, to: { owner: true } })], deps)).toMatchObject([
      { result: { users: ['anna'] } },
    ]);
  });

  it('are told of, and escalated, once, at the moment that counts', async () => {
    const subject = await opened();
    const occurredAt = Date.now() - 60_000;
    const told = bench.effect('announce', {
      subject,
      event: 'sla.breached',
      data: { target: 'resolution' },
      occurredAt,
    });
    const definition = { ...promise, part: 'escalation:late' };
    const begun = bench.effect('start-steps', {
      definition,
      subject,
      event: 'sla.breached',
      data: { count: 1 },
      occurredAt,
    });
    for (let time = 0; time < 3; time += 1) await Promise.all([announce([told], deps), startSteps([begun], deps)]);
    await intakeApplied([told.key, begun.key]);
    expect(await Events.find({ _id: told.key }).lean()).toMatchObject([
      {
        name: 'sla.breached',
        occurredAt: new Date(occurredAt),
        data: { target: 'resolution', ticket: { id: subject.id } },
      },
    ]);
    expect(await Instances.find({ 'definition.part': 'escalation:late' }).lean()).toMatchObject([
      { definition, subject, trigger: { id: begun.key, occurredAt, data: { count: 1, ticket: { id: subject.id } } } },
    ]);
  });

  describe('in a turn', () => {
    const worker = () => createActivities(deps);

    /** What the intake let in with an event of the ticket. */
    async function entering(subject: SubjectRef, definition: DefinitionRef): Promise<TurnInput> {
      const [created] = await Events.find({ 'data.ticket.id': subject.id, name: 'ticket.created' }).lean();
      if (created === undefined) throw new Error('the ticket was not opened');
      const { _id: id, name, seq, data, occurredAt } = created;
      const trigger: DomainEvent = { id, name, seq, data, occurredAt: occurredAt.getTime() };
      const entrants = [{ id: newId(), definition, subject, trigger, vars: {} }];
      await insertInstances(entrants, `wf-${subject.id}`);
      return {
        key: `wf-${subject.id}/${entrants[0]?.id}`,
        now: Date.now(),
        entrants,
        states: [],
        arrivals: [],
        settle: [],
      };
    }

    it('let the steps of an escalation see the ticket as it is now, and show them with it', async () => {
      const steps: JsonObject[] = [
        { id: 'raise', type: 'update-record', set: { priority: 'urgent' } },
        { id: 'note', type: 'add-note', text: 'Now {{ticket.priority}} for {{ticket.subject}}' },
      ];
      const late = { id: 'late', target: 'resolution', at: '100%', steps };
      const own = await publish(policy({ key: 'own', when: 'false', targets: {}, escalations: [late] }));
      const subject = await opened();
      const input = await entering(subject, { ...own, part: 'escalation:late' });
      expect(await worker().turn(input)).toMatchObject({ ended: [input.entrants[0]?.id], slow: [] });
      expect(
        (await TicketMessages.find({ ticketId: subject.id, kind: 'note' }).lean()).map(({ text }) => text),
      ).toEqual(['Now urgent for It is broken']);
    });

    it('stop a process at an incident when there is no such ticket', async () => {
      const lost = await publish({
        kind: 'process',
        key: 'lost',
        name: 'Lost',
        subject: 'ticket',
        triggers: [{ on: 'api' }],
        steps: [{ id: 'note', type: 'add-note', text: 'x' }],
      });
      const subject = await opened();
      const input = await entering(subject, lost);
      const entrants = input.entrants.map((one) => ({ ...one, subject: { ...subject, id: 'none' } }));
      const result = await worker().turn({ ...input, entrants });
      expect(result.hosted).toMatchObject([{ wake: null }]);
      expect(remembered(result)).toMatchObject([{ tokens: [{ incident: { code: 'TICKET_NOT_FOUND' } }] }]);
    });

    it('have clocks that are shown, stand still while the contact is gone, and go on by the next event', async () => {
      const subject = await opened();
      const input = await entering(subject, clocksDefinition);
      const id = input.entrants[0]?.id ?? '';
      const first = await worker().turn(input);
      const due = first.hosted[0]?.wake ?? 0;
      expect(await Clocks.findById(subject.id).lean()).toMatchObject({
        instance: id,
        policy: { key: 'standard' },
        clocks: [{ target: 'resolution', status: 'running' }],
        due: new Date(due),
        breached: false,
      });
      expect(await Instances.findById(id).lean()).toMatchObject({ at: ['resolution'], deadline: new Date(due) });

      const person = await Contacts.findByIdAndDelete(subject.contactId).lean();
      const states = first.hosted.map(({ state }) => state);
      const second = await worker().turn({ ...input, key: `${input.key}b`, now: due + 60_000, entrants: [], states });
      expect(second.hosted).toMatchObject([{ wake: null }]);
      expect(remembered(second)).toMatchObject([{ incidents: [{ code: 'CONTACT_NOT_FOUND' }] }]);
      if (person) await Contacts.insertMany([person]);
      const retry = { instance: id, type: 'control' as const, control: { do: 'retry' as const, by: 'vera' }, seq: 1 };
      const third = await worker().turn({
        ...input,
        key: `${input.key}c`,
        now: due + 120_000,
        entrants: [],
        states: second.hosted.map(({ state }) => state),
        arrivals: [retry],
      });
      expect(remembered(third)).toMatchObject([{ incidents: [], clocks: [{ breachedAt: due }] }]);
      expect(await Clocks.findById(subject.id).lean()).toMatchObject({ breached: true });
      const kinds = (await timelineOf(id)).map(({ kind, detail }) => detail?.change ?? kind);
      expect(kinds).toEqual(['started', 'started', 'incident', 'breached', 'escalated']);
    });
  });
});
