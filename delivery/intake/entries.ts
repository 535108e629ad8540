import type { Values } from '../../engine/conditions/evaluate.ts';
import type { DomainEvent } from '../../engine/model/event.ts';
import type { SubjectRef } from '../../engine/model/state.ts';
import { entryKeyOf, mayEnter } from '../../engine/process/entry.ts';
import { triggeredBy } from '../../engine/process/triggers.ts';
import { contactView } from '../../store/contacts.ts';
import { newId } from '../../store/id.ts';
import type { InstanceDoc } from '../../store/models/instance.ts';
import type { Live, LiveProcess } from '../library.ts';
import { dealParts } from './deals/parts.ts';
import { eventDeal } from './deals/subject.ts';
import { noteIn } from './failed-conditions.ts';
import { follows, type Happening } from './happening.ts';
import type { Ledger } from './ledger.ts';
import type { Person } from './person.ts';
import { type Beginning, ticketParts } from './tickets/parts.ts';
import { eventTicket } from './tickets/subject.ts';

/**
 * Lets the contact into every process that an event starts and whose entry rules allow it. @returns the refusals, as
 * events: a refused entry is recorded with its reason and starts nothing later.
 */
export function enter(
  person: Person,
  event: DomainEvent,
  happening: Happening,
  live: Live,
  ledger: Ledger,
): Happening[] {
  const contact = contactView(person.doc);
  const ticket = happening.enrol === undefined ? eventTicket(event) : happening.enrol.ticket;
  const deal = happening.enrol === undefined ? eventDeal(event) : happening.enrol.deal;
  const values: Values = {
    contact,
    event,
    trigger: event,
    now: event.occurredAt,
    calendars: live.library.calendars,
    ...(ticket && { ticket }),
    ...(deal && { deal }),
  };
  const gate: Gate = { person, event, values, depth: happening.depth, ledger };
  if (happening.steps !== undefined) return begin(happening.steps, gate);
  if (happening.enrol !== undefined) return enrol(happening.enrol.process, live, gate);
  if (event.name === 'ticket.created') for (const part of ticketParts(event, live)) begin(part, gate);
  for (const part of dealParts(event, live)) begin(part, gate);
  return live.processes.flatMap((candidate) => {
    if (!candidate.enabled || !hasSubject(candidate, gate)) return [];
    const tell = noteIn(ledger, person, `process/${candidate.ref.key}`, event.occurredAt);
    return triggeredBy(candidate.process, event, values, tell) === null ? [] : admit(candidate, gate);
  });
}

/** Who comes to the door of a process, and with what. */
interface Gate {
  person: Person;
  event: DomainEvent;
  values: Values;
  /** Of the event. */
  depth: number;
  ledger: Ledger;
}

/** Whether the event is about something that can go through the process. */
function hasSubject({ process }: LiveProcess, { values }: Gate): boolean {
  return process.subject === 'contact' || values[process.subject] !== undefined;
}

function enrol(key: string, live: Live, gate: Gate): Happening[] {
  const candidate = live.processes.find(({ ref }) => ref.key === key);
  if (candidate === undefined) return [refused(key, 'not-published', gate)];
  if (!candidate.enabled) return [refused(key, 'disabled', gate)];
  if (!hasSubject(candidate, gate)) return [refused(key, `no-${candidate.process.subject}`, gate)];
  return admit(candidate, gate);
}

function admit({ process, ref }: LiveProcess, gate: Gate): Happening[] {
  const { person, event, values } = gate;
  const entryKey = entryKeyOf(process, values);
  if (!entryKey.ok) return [refused(ref.key, entryKey.error.code, gate)];
  const subject = subjectOf(process.subject, gate);
  const past = person.seats
    .filter((seat) => seat.process === ref.key && (subject.kind === 'contact' || seat.subject.id === subject.id))
    .map((seat) => ({
      startedAt: seat.startedAt.getTime(),
      active: seat.status !== 'ended',
      entryKey: seat.entryKey,
    }));
  const verdict = mayEnter(process, past, values.contact, entryKey.key, event.occurredAt);
  if (!verdict.ok) return [refused(ref.key, verdict.reason, gate)];
  return begin({ process: ref.key, definition: ref, subject, entryKey: entryKey.key }, gate);
}

function subjectOf(kind: SubjectRef['kind'], { person, values }: Gate): SubjectRef {
  const contactId = person.doc._id;
  const id = kind === 'contact' ? contactId : values[kind]?.id;
  return { kind, id: typeof id === 'string' ? id : contactId, contactId };
}

/** Puts an instance into the ledger. A part is listed under a name that no process can have. */
function begin(beginning: Beginning, { person, event, ledger }: Gate): [] {
  const { definition, subject, entryKey = '' } = beginning;
  const { key, part } = definition;
  const process = beginning.process ?? (part === undefined ? key : `${key}/${part}`);
  const instance: InstanceDoc = {
    _id: newId(),
    process,
    definition,
    subject,
    contactId: person.doc._id,
    entryKey,
    trigger: event,
    vars: {},
    status: 'starting',
    at: [],
    incidents: [],
    startedAt: new Date(event.occurredAt),
    updatedAt: new Date(event.occurredAt),
  };
  ledger.instances.push(instance);
  person.seats.push(instance);
  return [];
}

function refused(process: string, reason: string, { event, depth }: Gate): Happening {
  return follows('entry.refused', { process, reason, event: event.name }, depth + 1);
}
