import { z } from 'zod';
import type { Json, JsonObject } from '../../../engine/json.ts';
import { currency, identifier, key } from '../../../engine/schema/common.ts';
import { actor } from '../actor.ts';
import { json } from '../json.ts';

/** Amounts have at most this many units, so that sums stay exact to the hundredth. */
const most = 1_000_000_000_000;
const money = z.number().min(0).max(most);

const item = z.strictObject({
  name: z.string().min(1).max(500),
  quantity: z.number().positive().max(1_000_000_000),
  price: money,
  tax: z.number().min(0).max(100).optional(),
});

/** Fields that people and programs may set; `null` clears. Without an amount the items' sum counts. */
export const dealFields = z.strictObject({
  title: z.string().min(1).max(500).optional(),
  amount: money.nullable().optional(),
  currency: currency.optional(),
  items: z.array(item).max(10_000).optional(),
  owner: key.nullable().optional(),
  source: z.string().max(200).nullable().optional(),
  campaign: z.string().max(200).nullable().optional(),
  attributes: z.record(identifier, json).optional(),
});
export type DealFields = z.infer<typeof dealFields>;

const why = z.string().max(500).optional();
const known = { dealId: z.string().max(64), by: actor, why };

/** What is done to a deal. `to`: a stage, `won` or `lost`. `email`, `phone` and `contactId` say whose a new one is. */
export const dealBody = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('open'),
    by: actor,
    contactId: z.string().max(64).optional(),
    email: z.string().max(254).optional(),
    phone: z.string().max(40).optional(),
    pipeline: key,
    /** Default: the first. */
    stage: key.optional(),
    /** For a contact who has an open deal in the pipeline; default: another. */
    whenOpen: z.enum(['another', 'none']).optional(),
    set: dealFields.extend({ title: z.string().min(1).max(500) }),
    occurredAt: z.int().optional(),
  }),
  z.strictObject({ ...known, do: z.literal('change'), set: dealFields }),
  z.strictObject({
    ...known,
    do: z.literal('move'),
    to: key,
    /** Another pipeline than its own. */
    pipeline: key.optional(),
    reason: key.optional(),
  }),
  /** Default: into the stage in which it stood. */
  z.strictObject({ ...known, do: z.literal('reopen'), to: key.optional() }),
  z.strictObject({ ...known, do: z.literal('note'), text: z.string().min(1).max(200_000) }),
]);
export type DealBody = z.infer<typeof dealBody>;

/** Fields by their paths (`amount`, `attributes.plan`) as an item sets them. */
export function dealSet(paths: Record<string, Json>): JsonObject {
  const set: JsonObject = {};
  const attributes: JsonObject = {};
  for (const [path, value] of Object.entries(paths)) {
    if (path.startsWith('attributes.')) attributes[path.slice('attributes.'.length)] = value;
    else set[path] = value;
  }
  return Object.keys(attributes).length > 0 ? { ...set, attributes } : set;
}
