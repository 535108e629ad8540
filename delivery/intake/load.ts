import type { Library } from '../../engine/library.ts';
import type { Segment } from '../../engine/schema/segment.ts';
import { durationMs } from '../../engine/time/duration.ts';
import { collectionOf } from '../../store/driver.ts';
import { type StandingMerge, standingMerges } from '../../store/merges.ts';
import { type ContactDoc, Contacts } from '../../store/models/contact.ts';
import { type EventDoc, Events } from '../../store/models/event.ts';
import { Instances } from '../../store/models/instance.ts';
import { ScoreEntries, type ScoreEntryDoc } from '../../store/models/ledger.ts';
import { inParts } from '../../store/parts.ts';
import { Crowd } from './crowd.ts';
import { copyOf, type Person, type Seat } from './person.ts';
import { want } from './resolve.ts';

/** Whom a batch is about. */
export interface Wanted {
  ids: Set<string>;
  emails: Set<string>;
  phones: Set<string>;
  /** Contacts that were merged away and shall come back. */
  absorbed: Set<string>;
}

/** Reads the people of a batch and their past, in bulk: a handful of queries however many there are. */
export async function loadCrowd(
  wanted: Wanted,
  { segments, scoring }: Pick<Library, 'segments' | 'scoring'>,
  now: number,
): Promise<Crowd> {
  const merges = await findMerges(wanted);
  const docs = await findContacts(wanted);
  // What was made under the id of somebody who was merged away is the survivor's as well.
  const owners = new Map<string, Person[]>();
  const people = docs.map((doc) => personOf(doc, doc.mergedFrom, owners));
  const absorbed = merges.map(({ gone, detail }) => ({ gone: personOf(gone, detail.mergedFrom, owners), detail }));
  const ids = [...owners.keys()];
  if (ids.length > 0) {
    const [scores, events, seats] = await Promise.all([
      // Without a scoring model nobody adds them up.
      scoring === undefined ? [] : findScores(ids),
      findHistory(ids, Object.values(segments), now),
      findSeats(ids),
    ]);
    for (const { _id, contactId, at, ...entry } of scores) {
      share(owners.get(contactId), 'entries', { id: _id, ...entry, at: at.getTime() });
    }
    for (const { contactId, name, occurredAt, data } of events) {
      share(owners.get(contactId), 'history', { name, occurredAt: occurredAt.getTime(), data });
    }
    for (const { contactId, ...seat } of seats) share(owners.get(contactId), 'seats', seat);
  }
  return new Crowd(people, absorbed);
}

function personOf(doc: ContactDoc, mergedFrom: readonly string[], owners: Map<string, Person[]>): Person {
  const person: Person = { doc: copyOf(doc), stored: doc, entries: [], history: [], seats: [] };
  for (const id of [doc._id, ...mergedFrom]) owners.set(id, [...(owners.get(id) ?? []), person]);
  return person;
}

/** Gives each owner the same object, by which it can be told apart again. */
function share<L extends 'entries' | 'history' | 'seats'>(
  people: Person[] = [],
  list: L,
  one: Person[L][number],
): void {
  for (const person of people) {
    const into: Person[L][number][] = person[list];
    into.push(one);
  }
}

/** The merges that may be undone; who has the addresses of those that went must be at hand too. */
async function findMerges(wanted: Wanted): Promise<StandingMerge[]> {
  if (wanted.absorbed.size === 0) return [];
  const merges = await standingMerges([...wanted.absorbed]);
  for (const { detail } of merges) want(wanted, { email: detail.before.email, phone: detail.before.phone });
  return merges;
}

async function findContacts({ ids, emails, phones }: Wanted): Promise<ContactDoc[]> {
  // One query per key: with $or the embedded server would read the whole collection.
  const [byId, byEmail, byPhone] = await Promise.all([
    find('_id', ids),
    find('emailKey', emails),
    find('phoneKey', phones),
  ]);
  const found = new Map([...byId, ...byEmail, ...byPhone].map((doc) => [doc._id, doc]));
  const merged = [...found.values()].filter((doc) => doc.mergedInto !== undefined).map((doc) => doc._id);
  for (const heir of merged.length === 0
    ? []
    : await Contacts.find({ mergedFrom: { $in: merged } }).lean<ContactDoc[]>()) {
    found.set(heir._id, heir);
  }
  return [...found.values()].filter((doc) => doc.mergedInto === undefined);
}

async function find(key: '_id' | 'emailKey' | 'phoneKey', keys: Set<string>): Promise<ContactDoc[]> {
  const contacts = collectionOf<ContactDoc>(Contacts);
  return await inParts([...keys], (part) => contacts.find({ [key]: { $in: part } }).toArray());
}

async function findScores(ids: string[]): Promise<ScoreEntryDoc[]> {
  const entries = collectionOf<ScoreEntryDoc>(ScoreEntries);
  return await inParts(ids, (part) => entries.find({ contactId: { $in: part } }).toArray());
}

type Past = Pick<EventDoc, 'contactId' | 'name' | 'occurredAt' | 'data'>;

/** The events that segments count, as far back as one of them looks. */
async function findHistory(ids: string[], segments: readonly Segment[], now: number): Promise<Past[]> {
  const aggregates = segments.flatMap((segment) => Object.values(segment.aggregates));
  if (aggregates.length === 0) return [];
  const whole = aggregates.some(({ within }) => within === undefined);
  const longest = Math.max(...aggregates.map(({ within }) => durationMs(within ?? 'PT0S')));
  const counted = {
    name: { $in: [...new Set(aggregates.map(({ event }) => event))] },
    ...(!whole && { occurredAt: { $gt: new Date(now - longest) } }),
  };
  const projection = { contactId: 1, name: 1, occurredAt: 1, data: 1 };
  const events = collectionOf<Past>(Events);
  return await inParts(ids, (part) => events.find({ contactId: { $in: part }, ...counted }, { projection }).toArray());
}

async function findSeats(ids: string[]): Promise<(Seat & { contactId: string })[]> {
  const fields = {
    ...{ contactId: 1, process: 1, definition: 1, subject: 1 },
    ...{ entryKey: 1, status: 1, startedAt: 1, trigger: 1 },
  };
  const instances = collectionOf<Seat & { contactId: string }>(Instances);
  return await inParts(ids, (part) => instances.find({ contactId: { $in: part } }, { projection: fields }).toArray());
}
