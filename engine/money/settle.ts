import type { ContactMoney, CurrencySums } from '../model/money.ts';
import { fromWhole, toWhole } from './amount.ts';

export interface Order {
  id: string;
  /** Absent while only its cancellation is known. */
  amount?: number | undefined;
  currency: string;
  /** Epoch ms, as all times here. */
  placedAt?: number | undefined;
  cancelledAt?: number | undefined;
}

export interface Payment {
  id: string;
  kind: 'payment' | 'refund';
  amount: number;
  currency: string;
  at: number;
  /** What it is for. A refund is for what its payment is for. */
  orderId?: string | undefined;
  dealId?: string | undefined;
  /** Of a refund: the payment that it gives back. */
  paymentId?: string | undefined;
}

export interface Settled {
  money: ContactMoney;
  /** By deal and currency: paid, less what was given back. */
  deals: Map<string, Record<string, number>>;
  /** Refunds of more than was paid: they do not count. */
  excess: Set<string>;
}

/**
 * Counts one contact's orders and payments, whatever the order in which they became known. A refund counts when what it names
 * (payment, order, deal; of one that names nothing: all that the contact paid in its currency) was paid and not given back
 * by an earlier one.
 * @param currency the company's
 */
export function settle(orders: readonly Order[], payments: readonly Payment[], currency: string): Settled {
  const tills = new Map<string, Till>();
  const till = (code: string) => {
    const found = tills.get(code) ?? { orders: 0, ordered: 0, paid: 0, placed: [] };
    tills.set(code, found);
    return found;
  };
  for (const { amount, currency: code, placedAt, cancelledAt } of orders) {
    if (amount === undefined || cancelledAt !== undefined) continue;
    const into = till(code);
    into.orders += 1;
    into.ordered += toWhole(amount, code);
    if (placedAt !== undefined) into.placed.push(placedAt);
  }
  const room = new Map<string, number>();
  const add = (payment: Payment, units: number) => {
    till(payment.currency).paid += units;
    for (const scope of scopesOf(payment)) room.set(scope, (room.get(scope) ?? 0) + units);
  };
  for (const one of payments) if (one.kind === 'payment') add(one, toWhole(one.amount, one.currency));
  const excess = new Set<string>();
  for (const one of payments.filter(({ kind }) => kind === 'refund').sort(byTime)) {
    const units = toWhole(one.amount, one.currency);
    if (scopesOf(one).some((scope) => (room.get(scope) ?? 0) < units)) excess.add(one.id);
    else add(one, -units);
  }
  return { money: moneyOf(tills, currency), deals: dealsOf(payments, room), excess };
}

/** Sums of one currency, in smallest units. */
interface Till {
  orders: number;
  ordered: number;
  paid: number;
  placed: number[];
}

function byTime(a: Payment, b: Payment): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}

/** Everything out of which a payment is, or a refund must come. */
function scopesOf({ id, kind, paymentId, orderId, dealId, currency }: Payment): string[] {
  const payment = kind === 'payment' ? id : paymentId;
  return [
    `all/${currency}`,
    ...(payment === undefined ? [] : [`payment/${currency}/${payment}`]),
    ...(orderId === undefined ? [] : [`order/${currency}/${orderId}`]),
    ...(dealId === undefined ? [] : [`deal/${currency}/${dealId}`]),
  ];
}

function dealsOf(payments: readonly Payment[], room: ReadonlyMap<string, number>): Settled['deals'] {
  const deals: Settled['deals'] = new Map();
  for (const { dealId, currency } of payments) {
    if (dealId === undefined) continue;
    const paid = fromWhole(room.get(`deal/${currency}/${dealId}`) ?? 0, currency);
    deals.set(dealId, { ...deals.get(dealId), ...(paid !== 0 && { [currency]: paid }) });
  }
  return deals;
}

function moneyOf(tills: ReadonlyMap<string, Till>, currency: string): ContactMoney {
  const sums = ({ orders, ordered, paid }: Till, code: string): CurrencySums => {
    return { currency: code, orders, ordered: fromWhole(ordered, code), paid: fromWhole(paid, code) };
  };
  const own = tills.get(currency) ?? { orders: 0, ordered: 0, paid: 0, placed: [] };
  const others = [...tills].filter(([code]) => code !== currency).sort(([a], [b]) => (a < b ? -1 : 1));
  const average = own.orders === 0 ? 0 : fromWhole(Math.round(own.ordered / own.orders), currency);
  const first = own.placed.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const last = own.placed.reduce((most, at) => Math.max(most, at), Number.NEGATIVE_INFINITY);
  return {
    ...sums(own, currency),
    average,
    ...(own.placed.length > 0 && { firstOrderAt: first, lastOrderAt: last }),
    other: others.map(([code, till]) => sums(till, code)),
  };
}
