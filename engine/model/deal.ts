import type { Json, JsonObject } from '../json.ts';
import type { LocalizedText } from './effects.ts';

export const dealStatuses = ['open', 'won', 'lost'] as const;
export type DealStatus = (typeof dealStatuses)[number];

/** Where a deal is when it is over: in place of a stage. */
export const dealEnds = ['won', 'lost'] as const;
export type DealEnd = (typeof dealEnds)[number];

export interface DealItem {
  name: string;
  quantity: number;
  /** Of one, in the deal's currency, without tax. */
  price: number;
  /** Per cent. */
  tax?: number;
}

/** What items come to with tax, to the hundredth. */
export function itemsTotal(items: readonly DealItem[]): number {
  const sum = items.reduce((sum, { quantity, price, tax = 0 }) => sum + quantity * price * (1 + tax / 100), 0);
  return Math.round(sum * 100) / 100;
}

/** The deal as decisions see it: `deal` in conditions, and `deal` in the data of every `deal.*` event. */
export interface DealView {
  id: string;
  /** 1, 2, … within the company. */
  number: number;
  title: string;
  contactId: string;
  /** Key of the pipeline, and in it of the stage; `won` or `lost` when it is over. */
  pipeline: string;
  stage: string;
  status: DealStatus;
  /** Absent: nobody has said. */
  amount?: number;
  /** ISO 4217. */
  currency: string;
  /** What came in for it, less what was given back, in its currency. */
  paid: number;
  items: DealItem[];
  /** Key of the user who has it. */
  owner?: string;
  source?: string;
  campaign?: string;
  lostReason?: string;
  attributes: Record<string, Json>;
  /** Epoch milliseconds, as all times here. */
  createdAt: number;
  /** Since when it is in its stage. */
  stageSince: number;
  /** When something last happened with it. */
  activityAt: number;
  closedAt?: number;
}

/** The deal as its processes see it. Closing a task is an activity, too. */
export interface DealSight extends DealView {
  /** Tasks of the deal that are still to be done. */
  openTasks: number;
}

/** Why a guard lets nothing through: what of it is not so. */
export interface Refusal {
  /** The stage, or `won` or `lost`, into which it leads. */
  stage: string;
  guard: string;
  message: LocalizedText;
  /** Fields without a value. */
  missing: string[];
  /** Roles of which the mover has none. */
  roles?: string[];
  /** The condition that does not hold. */
  when?: string;
}

/**
 * Names of the domain events of a deal. Each is an event of the deal's contact; its data hold `deal` (DealView after it
 * happened), `by` (Actor) and what the table says.
 *
 * | event | also |
 * |---|---|
 * | deal.created | |
 * | deal.changed | `changes` [{field, from, to}], `why`; a move changes `stage`, and `status` where it ends or reopens; money changes `paid`, `why` naming the event |
 * | deal.stage-changed | `from`, `to`, `fromPipeline`, `why`, `move` (id of the move that it made by itself); follows `deal.changed`, as the next three do |
 * | deal.won, deal.lost | the same; `reason` of a lost one |
 * | deal.reopened | the same |
 * | deal.noted | `text` |
 * | deal.move-refused | `move`, `to`, `refused` [Refusal]: it would have moved by itself; once for each cause |
 */
export type DealEventName =
  | 'deal.created'
  | 'deal.changed'
  | 'deal.stage-changed'
  | 'deal.won'
  | 'deal.lost'
  | 'deal.reopened'
  | 'deal.noted'
  | 'deal.move-refused';

/** The view as an event's data hold it. */
export function dealJson(deal: DealView): JsonObject {
  return JSON.parse(JSON.stringify(deal));
}

const withDeal = /^(deal|task|approval|document)\./;

/** Whether an event of this name, told by Voronka itself, carries the deal that it is about. In others `deal` is whatever their sender wrote. */
export function carriesDeal(event: string): boolean {
  return withDeal.test(event);
}
