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

/** The place after a row: the time by which the list is sorted, in epoch ms, and its id. */
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
export async function recentTickets(filter: TicketFilter, { limit, cursor }: TicketPageRequest): Promise<TicketPage> {
  const at = new Date(cursor?.at ?? 0);
  const older = cursor && { $or: [{ updatedAt: { $lt: at } }, { updatedAt: at, _id: { $lt: cursor.id } }] };
  const docs = await Tickets.find({ $and: [await filterOf(filter), older ?? {}] })
    .sort({ updatedAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean<TicketDoc[]>();
  const items = docs.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(docs.length > limit && last && { next: { at: last.updatedAt.getTime(), id: last._id } }) };
}

/** Rank of a ticket without any running clock: the greatest time there is. */
const unpressing = 8_640_000_000_000_000;

/**
 * Open tickets in the order in which their promises fall due, broken ones first, those without a promise last. The
 * clocks are another collection, so the ids of all that match are sorted here: open ones are few thousands at most.
 */
export async function pressingTickets(filter: TicketFilter, { limit, cursor }: TicketPageRequest): Promise<TicketPage> {
  const { status = ['new', 'open', 'waiting', 'on-hold'] } = filter;
  const matching = await Tickets.find(await filterOf({ ...filter, status }), { _id: 1 }).lean<{ _id: string }[]>();
  const ids = matching.map(({ _id }) => _id);
  const clocks = await Clocks.find({ _id: { $in: ids } }, { clocks: 1 }).lean<Pick<ClocksDoc, '_id' | 'clocks'>[]>();
  const dues = new Map(clocks.map((doc) => [doc._id, firstDue(doc)]));
  const ranked = ids.map((id): ListCursor => ({ at: dues.get(id) ?? unpressing, id })).sort(byDue);
  const rest = cursor === undefined ? ranked : ranked.filter((one) => byDue(one, cursor) > 0);
  const shown = rest.slice(0, limit);
  const docs = await Tickets.find({ _id: { $in: shown.map(({ id }) => id) } }).lean<TicketDoc[]>();
  const found = new Map(docs.map((doc) => [doc._id, doc]));
  const last = shown.at(-1);
  return {
    items: shown.flatMap(({ id }) => found.get(id) ?? []),
    ...(rest.length > limit && last && { next: last }),
  };
}

function firstDue({ clocks }: Pick<ClocksDoc, 'clocks'>): number {
  const dues = clocks.flatMap(({ status, due }) => (status === 'running' && due !== null ? due : []));
  return Math.min(unpressing, ...dues);
}

function byDue(a: ListCursor, b: ListCursor): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id === b.id ? 0 : 1);
}

/** Conditions that several of its parts may give for the same field stand side by side. */
async function filterOf(filter: TicketFilter): Promise<{ $and: object[] }> {
  const { status, priority, contactIds, breached, dueBefore, search } = filter;
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
      breached === undefined ? {} : clockFilter(breached, await clocksThat({ breached: true })),
      dueBefore === undefined ? {} : clockFilter(true, await clocksThat({ due: { $lt: new Date(dueBefore) } })),
      ...named,
    ],
  };
}

function clockFilter(has: boolean, ids: string[]): object {
  return { _id: has ? { $in: ids } : { $nin: ids } };
}

async function clocksThat(filter: object): Promise<string[]> {
  return (await Clocks.find(filter, { _id: 1 }).lean()).map(({ _id }) => _id);
}
