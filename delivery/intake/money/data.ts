import { z } from 'zod';
import type { Json, JsonObject } from '../../../engine/json.ts';
import type { MoneyEvent } from '../../../engine/model/money.ts';
import { currency } from '../../../engine/schema/common.ts';
import { json } from '../json.ts';

/** As for deals: sums stay exact to the hundredth. */
const most = 1_000_000_000_000;

/** Shops write numbers as texts as well. */
const amount = z.preprocess(
  (value) => (typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value),
  z.number('write a number').max(most),
);
const id = z.union([z.string().trim().min(1).max(200), z.int().transform(String)], 'write a text or a whole number');
const inCurrency = currency.optional();

/** What else the data hold is the sender's own. */
export const moneySchemas = {
  'order.placed': z.object({
    orderId: id.optional(),
    amount: amount.pipe(z.number().min(0)),
    currency: inCurrency,
    items: z.array(z.record(z.string(), json)).max(10_000).optional(),
    dealId: id.optional(),
  }),
  'order.cancelled': z.object({ orderId: id }),
  'payment.received': z.object({
    paymentId: id.optional(),
    amount: amount.pipe(z.number().positive()),
    currency: inCurrency,
    orderId: id.optional(),
    dealId: id.optional(),
    document: id.optional(),
  }),
  'payment.refunded': z.object({
    refundId: id.optional(),
    paymentId: id.optional(),
    amount: amount.pipe(z.number().positive()),
    currency: inCurrency,
    orderId: id.optional(),
    dealId: id.optional(),
    document: id.optional(),
  }),
} satisfies Record<MoneyEvent, z.ZodType>;

export type MoneyData = { [E in MoneyEvent]: z.output<(typeof moneySchemas)[E]> };

const telling = ['orderId', 'paymentId', 'refundId', 'amount', 'total'];

/** Whether an event says anything of money: one that does not is an event like any other. */
export function saysMoney(data: JsonObject): boolean {
  return telling.some((field) => data[field] !== undefined && data[field] !== null);
}

/** @returns the data in their written shape, or what is wrong with them */
export function readMoney<T>(
  schema: z.ZodType<T>,
  data: JsonObject,
): { ok: true; data: T } | { ok: false; message: string } {
  const given = Object.entries({ ...data, amount: data.amount ?? data.total, dealId: dealIdIn(data) });
  const parsed = schema.safeParse(Object.fromEntries(given.filter(([, value]) => value !== null)));
  if (parsed.success) return { ok: true, data: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, message: `${issue?.path.join('.') || 'data'}: ${issue?.message ?? 'is not valid'}` };
}

/** The deal that an event names, as pipelines look for it. */
export function dealIdIn({ dealId, deal }: JsonObject): string | undefined {
  const id = dealId ?? deal;
  return typeof id === 'string' ? id : undefined;
}

/** An id as it is kept: shops write whole numbers as well. */
export function idIn(value: Json | undefined): string | undefined {
  const parsed = id.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** Id of what an event pays or gives back. A refund has ids of its own. @param event id of the event */
export function paymentIdOf(name: string, { paymentId, refundId }: JsonObject, event: string): string {
  return name === 'payment.refunded' ? `refund/${idIn(refundId) ?? event}` : (idIn(paymentId) ?? event);
}
