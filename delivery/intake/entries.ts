import type { Values } from '../../engine/conditions/evaluate.ts';
import type { DomainEvent } from '../../engine/model/event.ts';
import { entryKeyOf, mayEnter } from '../../engine/process/entry.ts';
import { triggeredBy } from '../../engine/process/triggers.ts';
import { contactView } from '../../store/contacts.ts';
import { newId } from '../../store/id.ts';
import type { InstanceDoc } from '../../store/models/instance.ts';
import type { Live, LiveProcess } from '../library.ts';
import { follows, type Happening } from './happening.ts';
import type { Ledger } from './ledger.ts';
import type { Person } from './person.ts';

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
  const values: Values = { contact, event, trigger: event, now: event.occurredAt, calendars: live.library.calendars };
  if (happening.enrol !== undefined) return enrol(person, happening.enrol, values, event, happening, live, ledger);
  return live.processes.flatMap((candidate) =>
    candidate.enabled &&
    candidate.process.subject === 'contact' &&
    triggeredBy(candidate.process, event, values) !== null
      ? admit(person, candidate, values, event, happening, ledger)
      : [],
  );
}

function enrol(
  person: Person,
  key: string,
  values: Values,
  event: DomainEvent,
  happening: Happening,
  live: Live,
  ledger: Ledger,
): Happening[] {
  const candidate = live.processes.find(({ ref }) => ref.key === key);
  if (candidate === undefined) return [refused(key, 'not-published', event, happening)];
  if (!candidate.enabled) return [refused(key, 'disabled', event, happening)];
  return admit(person, candidate, values, event, happening, ledger);
}

function admit(
  person: Person,
  { process, ref }: LiveProcess,
  values: Values,
  event: DomainEvent,
  happening: Happening,
  ledger: Ledger,
): Happening[] {
  const entryKey = entryKeyOf(process, values);
  if (!entryKey.ok) return [refused(ref.key, entryKey.error.code, event, happening)];
  const past = person.seats
    .filter((seat) => seat.process === ref.key)
    .map((seat) => ({
      startedAt: seat.startedAt.getTime(),
      active: seat.status !== 'ended',
      entryKey: seat.entryKey,
    }));
  const verdict = mayEnter(process, past, values.contact, entryKey.key, event.occurredAt);
  if (!verdict.ok) return [refused(ref.key, verdict.reason, event, happening)];
  const contactId = person.doc._id;
  const instance: InstanceDoc = {
    _id: newId(),
    process: ref.key,
    definition: ref,
    subject: { kind: 'contact', id: contactId, contactId },
    contactId,
    entryKey: entryKey.key,
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

function refused(process: string, reason: string, event: DomainEvent, { depth }: Happening): Happening {
  return follows('entry.refused', { process, reason, event: event.name }, depth + 1);
}
