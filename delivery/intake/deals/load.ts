import { dealsById, openDealsOf } from '../../../store/deals.ts';
import { Counters } from '../../../store/models/counter.ts';
import type { DealDoc } from '../../../store/models/deal.ts';
import { Users } from '../../../store/models/user.ts';
import { inParts } from '../../../store/parts.ts';
import type { Parsed } from '../apply.ts';
import type { Crowd } from '../crowd.ts';
import { DealBook } from './book.ts';

/** The deals that items name, and others by their ids. */
export async function namedDeals(items: readonly Parsed[], others: readonly string[]): Promise<DealDoc[]> {
  const ids = items.flatMap((item) => ('dealId' in item.body ? (item.body.dealId ?? []) : []));
  return await dealsById([...new Set([...ids, ...others])]);
}

/**
 * The deals of a batch: those that are named, and all open ones of its people, which any event may move. Nothing is read where no
 * pipeline was ever published.
 */
export async function loadBook(
  items: readonly Parsed[],
  named: readonly DealDoc[],
  { people }: Crowd,
  pipelines: object,
): Promise<DealBook> {
  const written = items.some(({ kind }) => kind === 'deal');
  if (Object.keys(pipelines).length === 0) return new DealBook({ deals: named, lastNumber: 0, roles: new Map() });
  const ids = people.flatMap(({ doc }) => [doc._id, ...doc.mergedFrom]);
  const [open, counter, users] = await Promise.all([
    inParts(ids, openDealsOf),
    written ? Counters.findById('deals').lean() : null,
    written ? Users.find({ active: true }, { role: 1 }).lean() : [],
  ]);
  const deals = new Map([...named, ...open].map((doc) => [doc._id, doc]));
  const roles = new Map(users.map(({ _id, role }) => [_id, role]));
  return new DealBook({ deals: [...deals.values()], lastNumber: counter?.value ?? 0, roles });
}
