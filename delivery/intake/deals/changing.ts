import { changesBetween, type FieldChange } from '../../../engine/changes.ts';
import type { Json, JsonObject } from '../../../engine/json.ts';
import { itemsTotal } from '../../../engine/model/deal.ts';
import type { DealDoc } from '../../../store/models/deal.ts';
import { ItemProblem } from '../problem.ts';
import type { DealFields } from './body.ts';
import type { DealBook } from './book.ts';

/** Sets fields of a deal that may be written to. @returns what really changed */
export function setDealFields(doc: DealDoc, set: DealFields): FieldChange[] {
  const before = flat(doc);
  const { title, currency, items, attributes = {}, ...clearable } = set;
  if (title !== undefined) doc.title = title;
  if (currency !== undefined) doc.currency = currency;
  if (items !== undefined) {
    doc.items = items.map(({ tax, ...item }) => ({ ...item, ...(tax !== undefined && { tax }) }));
    if (clearable.amount === undefined) doc.amount = itemsTotal(doc.items);
  }
  for (const field of ['amount', 'owner', 'source', 'campaign'] as const) {
    const value = clearable[field];
    if (value === null) delete doc[field];
    else if (value !== undefined) Object.assign(doc, { [field]: value });
  }
  const all = Object.entries({ ...doc.attributes, ...attributes });
  doc.attributes = Object.fromEntries(all.filter(([, value]) => value !== null));
  return changesBetween(before, flat(doc));
}

/** @throws ItemProblem for a key that no active user has */
export function refuseStranger(owner: string | null | undefined, { roles }: DealBook): void {
  if (owner && !roles.has(owner)) throw new ItemProblem('USER_NOT_FOUND', `owner: there is no active user ${owner}`);
}

/** The fields that may be set, by the names that changes have. */
function flat({ title, amount, currency, items, owner, source, campaign, attributes }: DealDoc): JsonObject {
  const own = Object.entries(attributes).map(([name, value]): [string, Json] => [`attributes.${name}`, value]);
  const plain = JSON.parse(JSON.stringify({ title, amount, currency, items, owner, source, campaign }));
  return { ...plain, ...Object.fromEntries(own) };
}
