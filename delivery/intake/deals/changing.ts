import type { FieldChange } from '../../../engine/contacts/merge.ts';
import { canonicalJson } from '../../../engine/hash.ts';
import type { Json, JsonObject } from '../../../engine/json.ts';
import type { DealItem } from '../../../engine/model/deal.ts';
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
    if (clearable.amount === undefined) doc.amount = total(doc.items);
  }
  for (const field of ['amount', 'owner', 'source', 'campaign'] as const) {
    const value = clearable[field];
    if (value === null) delete doc[field];
    else if (value !== undefined) Object.assign(doc, { [field]: value });
  }
  const all = Object.entries({ ...doc.attributes, ...attributes });
  doc.attributes = Object.fromEntries(all.filter(([, value]) => value !== null));
  const after = flat(doc);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) => {
    const change = { field, from: before[field] ?? null, to: after[field] ?? null };
    return canonicalJson(change.from) === canonicalJson(change.to) ? [] : [change];
  });
}

/** @throws ItemProblem for a key that no active user has */
export function refuseStranger(owner: string | null | undefined, { roles }: DealBook): void {
  if (owner && !roles.has(owner)) throw new ItemProblem('USER_NOT_FOUND', `owner: there is no active user ${owner}`);
}

/** With tax, to the hundredth. */
function total(items: readonly DealItem[]): number {
  const sum = items.reduce((sum, { quantity, price, tax = 0 }) => sum + quantity * price * (1 + tax / 100), 0);
  return Math.round(sum * 100) / 100;
}

/** The fields that may be set, by the names that changes have. */
function flat({ title, amount, currency, items, owner, source, campaign, attributes }: DealDoc): JsonObject {
  const own = Object.entries(attributes).map(([name, value]): [string, Json] => [`attributes.${name}`, value]);
  const plain = JSON.parse(JSON.stringify({ title, amount, currency, items, owner, source, campaign }));
  return { ...plain, ...Object.fromEntries(own) };
}
