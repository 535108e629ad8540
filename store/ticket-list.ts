import type { TicketPriority, TicketStatus } from '../engine/model/ticket.ts';
import { searchFilter } from './contacts.ts';
import { Clocks, type ClocksDoc } from './models/clock.ts';
import { type TicketDoc, Tickets } from './models/ticket.ts';

export interface TicketFilter {
  status?: readonly TicketStatus[] | undefined;
  priority?: TicketPriority | undefined;
  /** '' stands for nobody, none. */
  assignee?: string | undefined;
  team?: string | undefined;
  topic?: string | undefined;
  /** All ids of one contact. */
  contactIds?: readonly string[] | undefined;
  /** Whether a promise is broken that somebody still waits for. */
  breached?: boolean | undefined;
  /** Virtual epoch ms: the next promise falls due before. */
  dueBefore?: number | undefined;
  /** Beginnings of words: each must match one. */
  search?: string | undefined;
}

/** The place after a row: its rank in the list, a time in epoch ms (negative where the latest comes first), and its id. */
export interface ListCursor {
  at: number;
  id: string;
}

export interface TicketPage {
  items: TicketDoc[];
  next?: ListCursor;
}

export interface TicketPageRequest {
  limit: number;
  cursor?: ListCursor | undefined;
}

/** Tickets, the latest changed first. */
export async function recentTickets(filter: TicketFilter, request: TicketPageRequest): Promise<TicketPage> {
  if (filter.breached !== undefined || filter.dueBefore !== undefined) {
    const matching = await matchingTickets(filter);
    return await rankedPage(
      matching.map(({ id, updatedAt }) => ({ at: -updatedAt, id })),
      request,
    );
  }
  const { limit, cursor } = request;
  const at = new Date(-(cursor?.at ?? 0));
  const older = cursor && { $or: [{ updatedAt: { $lt: at } }, { updatedAt: at, _id: { $gt: cursor.id } }] };
  const docs = await Tickets.find({ $and: [filterOf(filter), older ?? {}] })
    .sort({ updatedAt: -1, _id: 1 })
    .limit(limit + 1)
    .lean<TicketDoc[]>();
  const items = docs.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(docs.length > limit && last && { next: { at: -last.updatedAt.getTime(), id: last._id } }) };
}

/** Rank of a ticket without any running clock: the greatest time there is. */
const unpressing = 8_640_000_000_000_000;

/** Open tickets in the order in which their promises fall due, broken ones first, those without a promise last. */
export async function pressingTickets(filter: TicketFilter, request: TicketPageRequest): Promise<TicketPage> {
  const { status = ['new', 'open', 'waiting', 'on-hold'] } = filter;
  const matching = await matchingTickets({ ...filter, status });
  return await rankedPage(
    matching.map(({ id, due = unpressing }) => ({ at: due, id })),
    request,
  );
}

interface Matching {
  id: string;
  /** Epoch ms, as `due`. */
  updatedAt: number;
  /** When the first running clock falls due, or fell. */
  due?: number;
}

/**
 * All tickets that match, with the times by which lists go. The clocks are another collection and both are read whole, because
 * a query by thousands of ids costs the embedded server more than that; it is thousands at most that are open.
 */
async function matchingTickets(filter: TicketFilter): Promise<Matching[]> {
  const [tickets, running] = await Promise.all([
    Tickets.find(filterOf(filter), { updatedAt: 1 }).lean<{ _id: string; updatedAt: Date }[]>(),
    runningClocks(),
  ]);
  const { breached, dueBefore = Number.POSITIVE_INFINITY } = filter;
  return tickets.flatMap(({ _id: id, updatedAt }) => {
    const clock = running.get(id);
    if (breached !== undefined && (clock?.breached ?? false) !== breached) return [];
    if (filter.dueBefore !== undefined && !(clock?.next !== undefined && clock.next < dueBefore)) return [];
    return [{ id, updatedAt: updatedAt.getTime(), ...(clock && { due: clock.due }) }];
  });
}

/** Of each ticket with a running clock: the first due time of all, and the first one that is not breached. */
async function runningClocks(): Promise<Map<string, { due: number; next?: number; breached: boolean }>> {
  const [coming, broken] = await Promise.all([
    Clocks.find({ due: { $gt: new Date(0) } }, { due: 1 }).lean<{ _id: string; due: Date }[]>(),
    Clocks.find({ breached: true }, { clocks: 1 }).lean<Pick<ClocksDoc, '_id' | 'clocks'>[]>(),
  ]);
  const next = new Map(coming.map(({ _id, due }) => [_id, due.getTime()]));
  const known = new Map<string, { due: number; next?: number; breached: boolean }>();
  for (const [id, due] of next) known.set(id, { due, next: due, breached: false });
  for (const { _id: id, clocks } of broken) {
    const dues = clocks.flatMap(({ status, due }) => (status === 'running' && due !== null ? due : []));
    const later = next.get(id);
    known.set(id, {
      due: Math.min(unpressing, ...dues),
      ...(later !== undefined && { next: later }),
      breached: true,
    });
  }
  return known;
}

/** The page after a cursor of everything that matches, by rank and id, read whole. */
async function rankedPage(matching: ListCursor[], { limit, cursor }: TicketPageRequest): Promise<TicketPage> {
  const ranked = matching.sort(byRank);
  const rest = cursor === undefined ? ranked : ranked.filter((one) => byRank(one, cursor) > 0);
  const shown = rest.slice(0, limit);
  const docs = await Tickets.find({ _id: { $in: shown.map(({ id }) => id) } }).lean<TicketDoc[]>();
  const found = new Map(docs.map((doc) => [doc._id, doc]));
  const last = shown.at(-1);
  return {
    items: shown.flatMap(({ id }) => found.get(id) ?? []),
    ...(rest.length > limit && last && { next: last }),
  };
}

function byRank(a: ListCursor, b: ListCursor): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id === b.id ? 0 : 1);
}

/** What the tickets themselves say. */
function filterOf(filter: TicketFilter): { $and: object[] } {
  const { status, priority, contactIds, search } = filter;
  const named = (['assignee', 'team', 'topic'] as const).map((field) => {
    const value = filter[field];
    return value === undefined ? {} : { [field]: value === '' ? { $exists: false } : value };
  });
  return {
    $and: [
      status === undefined ? {} : { status: { $in: status } },
      priority === undefined ? {} : { priority },
      contactIds === undefined ? {} : { contactId: { $in: contactIds } },
      searchFilter(search),
      ...named,
    ],
  };
}
