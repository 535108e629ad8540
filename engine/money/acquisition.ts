import type { Json } from '../json.ts';
import type { ContactView } from '../model/contact.ts';
import { fromWhole, toWhole } from './amount.ts';

export const acquisitionKeys = ['source', 'campaign'] as const;
export type AcquisitionKey = (typeof acquisitionKeys)[number];

/** What was spent on a source, or on one campaign of it. */
export interface Cost {
  id: string;
  source: string;
  campaign?: string | undefined;
  /** First and last day, `YYYY-MM-DD`. */
  from: string;
  to: string;
  amount: number;
  /** ISO 4217. */
  currency: string;
}

export type AcquiredContact = Pick<ContactView, 'id' | 'attributes' | 'money'>;

export interface AcquisitionRow {
  /** Source or campaign; '' where it is not known. */
  key: string;
  cost: number;
  /** Costs in other currencies, by currency. */
  otherCosts: Record<string, number>;
  /** Ids of the costs. */
  costs: string[];
  leads: number;
  /** Leads who have ordered or paid, to this day. */
  customers: number;
  /** What they have paid, less what was given back. */
  revenue: number;
  averageCheck?: number;
  /** Lifetime value: revenue by customers. */
  ltv?: number;
  /** Customer acquisition cost: cost by customers. */
  cac?: number;
  /** Return on investment: (revenue − cost) / cost. */
  roi?: number;
}

export interface Period {
  /** First and last day, `YYYY-MM-DD`. */
  from: string;
  to: string;
}

/** Where a contact comes from: its attribute `source` or `campaign`, else the tag of its link; '' where neither says. */
export function keyOf({ attributes }: Pick<AcquiredContact, 'attributes'>, by: AcquisitionKey): string {
  const texts = [attributes[by], attributes[`utm_${by}`]].map((value: Json | undefined) =>
    typeof value === 'string' ? value.trim() : '',
  );
  return texts.find((text) => text !== '') ?? '';
}

export function isCustomer({ money }: Pick<AcquiredContact, 'money'>): boolean {
  return money !== undefined && [money, ...money.other].some(({ orders, paid }) => orders > 0 || paid > 0);
}

/**
 * What each source or campaign has brought: of the contacts who came in a period, whoever became a customer since, and what they paid
 * since; so revenue grows after the period is over. A cost that lasts longer than the period counts by the day. All amounts are in
 * one currency; what is in others is left out of revenue and listed of costs.
 */
export class Acquisition {
  readonly #rows = new Map<string, Tally>();
  readonly #by: AcquisitionKey;
  readonly #currency: string;

  constructor(by: AcquisitionKey, currency: string) {
    this.#by = by;
    this.#currency = currency;
  }

  /** A contact who came in the period. */
  addContact(contact: AcquiredContact): void {
    const row = this.#row(keyOf(contact, this.#by));
    row.leads += 1;
    if (!isCustomer(contact)) return;
    row.customers += 1;
    const { money } = contact;
    const own = [money, ...(money?.other ?? [])].find((sums) => sums?.currency === this.#currency);
    if (own === undefined) return;
    row.orders += own.orders;
    row.ordered += toWhole(own.ordered, this.#currency);
    row.revenue += toWhole(own.paid, this.#currency);
  }

  addCost(cost: Cost, period: Period): void {
    const within = daysBetween({ from: later(cost.from, period.from), to: earlier(cost.to, period.to) });
    if (within <= 0) return;
    const row = this.#row((this.#by === 'source' ? cost.source : cost.campaign) ?? '');
    const spent = Math.round((toWhole(cost.amount, cost.currency) * within) / daysBetween(cost));
    row.spent.set(cost.currency, (row.spent.get(cost.currency) ?? 0) + spent);
    row.costs.push(cost.id);
  }

  /** The dearest first. */
  rows(): AcquisitionRow[] {
    const rows = [...this.#rows].map(([key, tally]) => this.#show(key, tally));
    return rows.sort((a, b) => b.cost - a.cost || b.leads - a.leads || (a.key < b.key ? -1 : 1));
  }

  #row(key: string): Tally {
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const fresh = { leads: 0, customers: 0, orders: 0, ordered: 0, revenue: 0, spent: new Map(), costs: [] };
    this.#rows.set(key, fresh);
    return fresh;
  }

  #show(key: string, { leads, customers, orders, ordered, revenue, spent, costs }: Tally): AcquisitionRow {
    const amount = (units: number) => fromWhole(Math.round(units), this.#currency);
    const cost = spent.get(this.#currency) ?? 0;
    const others = [...spent].filter(([code]) => code !== this.#currency);
    return {
      key,
      cost: amount(cost),
      otherCosts: Object.fromEntries(others.map(([code, units]) => [code, fromWhole(units, code)])),
      costs,
      leads,
      customers,
      revenue: amount(revenue),
      ...(orders > 0 && { averageCheck: amount(ordered / orders) }),
      ...(customers > 0 && { ltv: amount(revenue / customers), cac: amount(cost / customers) }),
      ...(cost > 0 && { roi: Math.round(((revenue - cost) / cost) * 10_000) / 10_000 }),
    };
  }
}

/** In smallest units. */
interface Tally {
  leads: number;
  customers: number;
  orders: number;
  ordered: number;
  revenue: number;
  /** By currency. */
  spent: Map<string, number>;
  costs: string[];
}

/** Days as texts: they sort by time. */
function later(one: string, other: string): string {
  return [one, other].sort()[1] ?? one;
}

function earlier(one: string, other: string): string {
  return [one, other].sort()[0] ?? one;
}

function daysBetween({ from, to }: Period): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
}
