import {
  type AcquiredContact,
  type AcquisitionKey,
  isCustomer,
  keyOf,
  type Period,
} from '../engine/money/acquisition.ts';
import { contactView } from './contacts.ts';
import { type ContactDoc, Contacts } from './models/contact.ts';
import { type CostDoc, Costs } from './models/cost.ts';
import { after, type Page, type PageRequest, page } from './page.ts';

/** @returns what is kept: under a known request key, the cost that was entered first */
export async function saveCost(cost: CostDoc): Promise<CostDoc> {
  try {
    await Costs.create(cost);
    return cost;
  } catch (error) {
    if (cost.requestKey === undefined) throw error;
    const first = await Costs.findOne({ requestKey: cost.requestKey }).lean<CostDoc>();
    if (first === null) throw error;
    return first;
  }
}

/** @returns whether it was there */
export async function removeCost(id: string): Promise<boolean> {
  return (await Costs.deleteOne({ _id: id })).deletedCount === 1;
}

/** The latest entered first. */
export async function listCosts(request: PageRequest): Promise<Page<CostDoc>> {
  const rows = await Costs.find(after(request))
    .sort({ _id: -1 })
    .limit(request.limit + 1)
    .lean<CostDoc[]>();
  return page(rows, request);
}

/** Costs of which a day lies in the period. */
export async function costsIn({ from, to }: Period): Promise<CostDoc[]> {
  return await Costs.find({ from: { $lte: to }, to: { $gte: from } })
    .sort({ _id: 1 })
    .lean<CostDoc[]>();
}

/** Virtual epoch ms: from the first on, before the second. */
export interface Span {
  since: number;
  until: number;
}

/** Contacts that came in a span of time, one by one: there may be more than fit into memory. */
export async function* contactsSince({ since, until }: Span): AsyncGenerator<AcquiredContact> {
  const fields = { attributes: 1, money: 1 };
  const found = Contacts.find(cameIn({ since, until }), fields).lean<
    Pick<ContactDoc, '_id' | 'attributes' | 'money'>[]
  >();
  for await (const { _id, attributes, money } of found.cursor()) {
    yield { id: _id, attributes, ...(money && { money }) };
  }
}

function cameIn({ since, until }: Span): object {
  return { mergedInto: { $exists: false }, createdAt: { $gte: new Date(since), $lt: new Date(until) } };
}

/** Those of one source or campaign, the latest first. */
export async function contactsOf(
  span: Span,
  { by, key, customers }: { by: AcquisitionKey; key: string; customers: boolean },
  request: PageRequest,
): Promise<Page<ContactDoc>> {
  const found: ContactDoc[] = [];
  const all = Contacts.find({ $and: [cameIn(span), after(request)] }).sort({ _id: -1 });
  for await (const doc of all.lean<ContactDoc[]>().cursor()) {
    if (keyOf(doc, by) !== key || (customers && !isCustomer(contactView(doc)))) continue;
    found.push(doc);
    if (found.length > request.limit) break;
  }
  return page(found, request);
}
