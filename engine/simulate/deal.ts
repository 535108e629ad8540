import { z } from 'zod';
import { changesBetween } from '../changes.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Library } from '../library.ts';
import type { ContactView } from '../model/contact.ts';
import { type DealView, dealJson, dealStatuses, itemsTotal } from '../model/deal.ts';
import type { EffectItems } from '../model/effects.ts';
import { endOf, moveDeal } from '../pipeline/move.ts';
import type { Consequence, Performed } from './world.ts';

const item = z.strictObject({
  name: z.string(),
  quantity: z.number().positive(),
  price: z.number().min(0),
  tax: z.number().min(0).optional(),
});

/** What a scenario may say of its deal; the rest is as for one that was just opened. */
const ghost = z.strictObject({
  id: z.string().default('deal'),
  number: z.int().min(1).default(1),
  title: z.string().default('A deal'),
  pipeline: z.string().optional(),
  stage: z.string().optional(),
  status: z.enum(dealStatuses).default('open'),
  amount: z.number().min(0).optional(),
  currency: z.string().length(3).default('RUB'),
  paid: z.number().min(0).default(0),
  items: z.array(item).default([]),
  owner: z.string().optional(),
  source: z.string().optional(),
  campaign: z.string().optional(),
  lostReason: z.string().optional(),
  attributes: z.record(z.string(), z.json()).default({}),
});

/** The deal of a scenario, moved by the same guards as a real one. */
export class GhostDeal {
  view: DealView;
  readonly problems: string[];
  readonly #library: Library;

  /** @param start epoch ms: when it was opened, came into its stage and was last active */
  constructor(given: JsonObject, library: Library, contactId: string, start: number) {
    const parsed = ghost.safeParse(given);
    this.#library = library;
    this.problems = parsed.error?.issues.map(({ path, message }) => `given.deal.${path.join('.')}: ${message}`) ?? [];
    const said = parsed.data ?? ghost.parse({});
    const pipeline = said.pipeline ?? Object.keys(library.pipelines)[0] ?? 'pipeline';
    const stage = said.stage ?? library.pipelines[pipeline]?.stages[0]?.key ?? 'new';
    const { amount = said.items.length > 0 ? itemsTotal(said.items) : undefined } = said;
    const times = { createdAt: start, stageSince: start, activityAt: start };
    this.view = { ...said, pipeline, stage, contactId, ...times, ...(amount !== undefined && { amount }) };
  }

  /** Something happened with it. */
  touch(now: number): void {
    this.view = { ...this.view, activityAt: Math.max(now, this.view.activityAt) };
  }

  /** Sets fields by their paths (`amount`, `attributes.plan`, `stage`); null clears. No guard is asked. @returns the events that follow */
  set(paths: Record<string, Json>, now: number): Consequence[] {
    const { id, contactId, createdAt, stageSince, activityAt, closedAt, ...fields } = this.view;
    const { stage = fields.stage } = paths;
    const status = typeof stage === 'string' ? (endOf(stage) ?? 'open') : fields.status;
    const parsed = ghost.safeParse({ ...withPaths(fields, paths), status });
    if (!parsed.success) {
      this.problems.push(...parsed.error.issues.map(({ path, message }) => `deal.${path.join('.')}: ${message}`));
      return [];
    }
    const { pipeline = fields.pipeline, stage: there = fields.stage, ...rest } = parsed.data;
    const times = { createdAt, stageSince, activityAt, ...(closedAt !== undefined && { closedAt }) };
    const after: DealView = { ...rest, ...times, id, contactId, pipeline, stage: there };
    if ('items' in paths && !('amount' in paths)) after.amount = itemsTotal(after.items);
    if (there === fields.stage && pipeline === fields.pipeline) return this.become({ ...after, activityAt: now });
    const { closedAt: _, ...open } = after;
    const moved = { ...open, stageSince: now, activityAt: now };
    return this.become(status === 'open' ? moved : { ...moved, closedAt: now });
  }

  /** Goes where its pipeline's guards let it; anywhere, where the library does not have the pipeline. */
  move(
    { to, pipeline = this.view.pipeline, reason }: EffectItems['move-deal'],
    contact: ContactView,
    now: number,
  ): Performed {
    const { calendars, pipelines } = this.#library;
    const known = pipelines[pipeline];
    if (known === undefined) return { result: { verdict: 'moved' }, follows: this.set({ pipeline, stage: to }, now) };
    const verdict = moveDeal(known, this.view, { to, reason }, { contact, calendars, now });
    if (verdict.ok) return { result: { verdict: 'moved' }, follows: this.become(verdict.deal) };
    const why =
      'refused' in verdict ? verdict.refused.map(({ guard }) => guard).join(', ') : `unknown ${verdict.unknown}`;
    return { result: { verdict: 'refused', reason: why }, follows: [] };
  }

  /** @returns the events that tell what became of it */
  become(after: DealView): Consequence[] {
    const before = this.view;
    this.view = after;
    const changes = changesBetween(flat(before), flat(after));
    if (changes.length === 0) return [];
    const told: Consequence[] = [{ name: 'deal.changed', data: { changes: JSON.parse(JSON.stringify(changes)) } }];
    if (before.stage === after.stage && before.pipeline === after.pipeline) return told;
    const { lostReason } = after;
    const way = { from: before.stage, to: after.stage, ...(lostReason !== undefined && { reason: lostReason }) };
    return [...told, { name: nameOf(before, after), data: way }];
  }
}

function nameOf({ status }: DealView, after: DealView): string {
  if (after.status !== 'open') return `deal.${after.status}`;
  return status === 'open' ? 'deal.stage-changed' : 'deal.reopened';
}

function withPaths({ attributes, ...fields }: Pick<DealView, 'attributes'>, paths: Record<string, Json>): JsonObject {
  const members = new Map(Object.entries(attributes));
  const own = new Map<string, Json>(Object.entries(JSON.parse(JSON.stringify(fields))));
  for (const [path, value] of Object.entries(paths)) {
    const name = path.startsWith('attributes.') ? path.slice('attributes.'.length) : undefined;
    const [holder, key] = name === undefined ? [own, path] : [members, name];
    if (value === null) holder.delete(key);
    else holder.set(key, value);
  }
  return { ...Object.fromEntries(own), attributes: Object.fromEntries(members) };
}

/** By the names that changes have; times are no fields that anybody changes. */
function flat(deal: DealView): JsonObject {
  const {
    attributes: _,
    createdAt: __,
    stageSince: ___,
    activityAt: ____,
    closedAt: _____,
    ...fields
  } = dealJson(deal);
  const own = Object.entries(deal.attributes).map(([name, value]): [string, Json] => [`attributes.${name}`, value]);
  return { ...fields, ...Object.fromEntries(own) };
}
