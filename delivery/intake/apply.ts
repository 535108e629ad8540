import type { z } from 'zod';
import type { DomainEvent } from '../../engine/model/event.ts';
import type { DefinitionRef } from '../../engine/model/state.ts';
import { interests, isInterested } from '../../engine/process/interests.ts';
import type { Process } from '../../engine/schema/index.ts';
import type { IntakeItem, IntakeKind } from '../../store/models/intake.ts';
import type { Live } from '../library.ts';
import type { Books } from './books.ts';
import { concerns } from './concerns.ts';
import type { Crowd } from './crowd.ts';
import { moveDeals } from './deals/automatic.ts';
import { enter } from './entries.ts';
import type { Happening } from './happening.ts';
import { type Bodies, bodies } from './items.ts';
import { type Applied, type Desk, kinds } from './kinds.ts';
import type { Ledger } from './ledger.ts';
import { bookMoney } from './money/kind.ts';
import type { Person } from './person.ts';
import { ItemProblem } from './problem.ts';
import { enterPoints, review } from './standing.ts';

/** Longest chain of events that follow from one another; a longer one goes round in a circle. */
const maxDepth = 6;
/** An event may say that it happened this much later than it arrived, because clocks differ. Milliseconds. */
const maxSkew = 5 * 60_000;

/** An item whose body has its written shape. */
export type Parsed<K extends IntakeKind = IntakeKind> = {
  [P in K]: { kind: P; id: string; body: Bodies[P]; source: string };
}[K];

export interface Bench {
  crowd: Crowd;
  books: Books;
  ledger: Ledger;
  live: Live;
  /** Counts the events on: the `seq` of the last one. */
  numbering: { last: number };
  /** Knows what runs and what is live. */
  processOf: (ref: DefinitionRef) => Process | undefined;
}

/** @throws ItemProblem naming the field */
export function parseItem({ kind, id, body, source }: IntakeItem): Parsed {
  const schema: z.ZodType<Bodies[IntakeKind]> = bodies[kind];
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ItemProblem(
      'VALIDATION_FAILED',
      `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is not valid'}`,
    );
  }
  // The table pairs each kind with its schema; the compiler cannot follow that through the index.
  return { kind, id, body: parsed.data, source } as Parsed;
}

/**
 * Applies one item and everything that follows from it to the batch, all or nothing. `at`: virtual epoch ms of its
 * acceptance. @throws ItemProblem, or whatever went wrong
 */
export function applyItem(item: Parsed, at: number, bench: Bench): void {
  const { crowd, books, ledger, live } = bench;
  const occurredAt = occurrence('occurredAt' in item.body ? item.body.occurredAt : undefined, at);
  const applied = applyKind(item, { ...books, crowd, ledger, library: live.library, id: item.id, at, occurredAt });
  if (applied === null) return;
  const queue = queueOf(applied, crowd);
  const { person } = applied;
  if (item.kind === 'review') queue.push(...toldOf(person, review(person, live.library, ledger, at, 1).happenings));
  for (let next = queue.shift(), n = 1; next !== undefined; next = queue.shift(), n += 1) {
    const { person, happening } = next;
    if (happening.depth > maxDepth) {
      throw new ItemProblem('EVENT_LOOP_STOPPED', `${happening.name} follows from itself more than ${maxDepth} times`);
    }
    const id = happening.main ? item.id : `${item.id}:${n}`;
    const follows = applyHappening(person, { id, happening, occurredAt, at, source: item.source }, bench);
    queue.push(...toldOf(person, follows));
  }
}

/** Everything that happened to anybody, in order. */
function queueOf({ person, happenings, also }: Applied, crowd: Crowd): Next[] {
  crowd.touch(person);
  return [...toldOf(person, happenings), ...(also === undefined ? [] : queueOf(also, crowd))];
}

interface Next {
  person: Person;
  happening: Happening;
}

function toldOf(person: Person, happenings: readonly Happening[]): Next[] {
  return happenings.map((happening) => ({ person, happening }));
}

function applyKind<K extends IntakeKind>(item: Parsed<K>, desk: Desk): Applied | null {
  return kinds[item.kind](item.body, desk);
}

function occurrence(said: number | undefined, at: number): number {
  return said === undefined || said > at + maxSkew ? at : said;
}

interface Told {
  id: string;
  happening: Happening;
  occurredAt: number;
  at: number;
  source: string;
}

/** Gives an event its number, its points and its place in the history, and tells it to processes. @returns what follows */
function applyHappening(person: Person, { id, happening, occurredAt, at, source }: Told, bench: Bench): Happening[] {
  const { crowd, books, ledger, live, numbering } = bench;
  const { name, data, message, depth } = happening;
  numbering.last += 1;
  const event: DomainEvent = {
    id,
    name,
    occurredAt,
    seq: numbering.last,
    data,
    ...(message !== undefined && { message }),
  };
  ledger.events.push({
    _id: id,
    contactId: person.doc._id,
    seq: event.seq,
    name,
    occurredAt: new Date(occurredAt),
    receivedAt: new Date(at),
    data,
    ...(message !== undefined && { message }),
    source: happening.main ? source : 'engine',
  });
  person.history.push(event);
  const { library } = live;
  const booked = bookMoney(person, { event, depth }, { ...books, crowd, library });
  enterPoints(person, event, live.library, ledger);
  const { happenings, scoreChanged } = review(person, live.library, ledger, at, depth + 1);
  deliver(person, event, scoreChanged, at, bench);
  const moves = moveDeals(person, { event, depth, source }, { crowd, deals: books.deals, ledger, library });
  return [...booked, ...happenings, ...enter(person, event, happening, live, ledger), ...moves];
}

/**
 * Sends an event to the contact's instances that wait for it or look at what it changed; to those whose definition this
 * release cannot read, every one, so that they have missed nothing when one comes that can.
 */
function deliver(
  person: Person,
  event: DomainEvent,
  scoreChanged: boolean,
  at: number,
  { ledger, processOf }: Bench,
): void {
  for (const seat of person.seats) {
    if (seat.status === 'ended' || !concerns(seat, event)) continue;
    const process = processOf(seat.definition);
    if (process && !isInterested(process, event) && !(scoreChanged && interests(process).changes)) continue;
    ledger.deliveries.push({
      _id: `${event.id}/${seat._id}`,
      order: event.seq,
      instance: seat._id,
      event,
      status: 'pending',
      createdAt: new Date(at),
    });
  }
}
