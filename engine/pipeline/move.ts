import { holds } from '../conditions/evaluate.ts';
import type { ContactView } from '../model/contact.ts';
import { type DealEnd, type DealView, dealEnds, dealJson, type Refusal } from '../model/deal.ts';
import type { Calendar } from '../schema/calendar.ts';
import type { Pipeline } from '../schema/index.ts';
import type { Guard } from '../schema/pipeline.ts';

/** What guards look at beside the deal. */
export interface MoveScene {
  contact: ContactView;
  calendars: Record<string, Calendar>;
  /** Epoch ms of the move. */
  now: number;
  /** Of the user who moves it; absent where nobody does. */
  role?: string | undefined;
}

export interface MoveWish {
  /** A stage of the pipeline, `won` or `lost`. */
  to: string;
  /** Of a deal that gets lost. */
  reason?: string | undefined;
}

/** `unknown`: the pipeline has no such stage, or no such reason. */
export type MoveVerdict =
  | { ok: true; deal: DealView }
  | { ok: false; refused: Refusal[] }
  | { ok: false; unknown: 'stage' | 'reason' };

/**
 * Moves a deal into a stage or to its end, if every guard on the way lets it: of the stages after its own up to the wanted one, for `won`
 * of all that are left, for `lost` and on the way back of the goal alone. A deal that comes from another pipeline, is reopened or made
 * begins before the first stage. This is the only place where guards are asked, whoever moves.
 */
export function moveDeal(pipeline: Pipeline, deal: DealView, { to, reason }: MoveWish, scene: MoveScene): MoveVerdict {
  const end = endOf(to);
  if (end === null && !pipeline.stages.some(({ key }) => key === to)) return { ok: false, unknown: 'stage' };
  if (to === 'lost' && !isReason(pipeline, reason)) return { ok: false, unknown: 'reason' };
  const refused = gates(pipeline, deal, to).flatMap(({ stage, guard }) => ask(stage, guard, deal, scene));
  if (refused.length > 0) return { ok: false, refused };
  const { closedAt: _, lostReason: __, ...rest } = deal;
  const moved: DealView = {
    ...rest,
    pipeline: pipeline.key,
    stage: to,
    status: end ?? 'open',
    stageSince: scene.now,
    activityAt: scene.now,
    ...(end !== null && { closedAt: scene.now }),
    ...(to === 'lost' && reason !== undefined && { lostReason: reason }),
  };
  return { ok: true, deal: moved };
}

export function endOf(stage: string): DealEnd | null {
  return dealEnds.find((end) => end === stage) ?? null;
}

function isReason({ lostReasons }: Pipeline, reason: string | undefined): boolean {
  return lostReasons.length === 0 ? reason === undefined : lostReasons.some(({ key }) => key === reason);
}

interface Gate {
  stage: string;
  guard: Guard;
}

/** The guards on the way, in its order. */
function gates({ key, stages, won, lost }: Pipeline, deal: DealView, to: string): Gate[] {
  if (to === 'lost') return lost.guards.map((guard) => ({ stage: to, guard }));
  const order = stages.map((stage) => stage.key);
  const from = deal.pipeline === key ? order.indexOf(deal.stage) : -1;
  const goal = to === 'won' ? order.length : order.indexOf(to);
  const passed = goal <= from ? stages.slice(goal, goal + 1) : stages.slice(from + 1, goal + 1);
  const inner = passed.flatMap((stage) => stage.guards.map((guard) => ({ stage: stage.key, guard })));
  return to === 'won' ? [...inner, ...won.guards.map((guard) => ({ stage: to, guard }))] : inner;
}

/** @returns nothing where the guard lets through */
function ask(stage: string, guard: Guard, deal: DealView, scene: MoveScene): Refusal[] {
  const { contact, calendars, now, role } = scene;
  const missing = (guard.fields ?? []).filter((path) => isEmpty(path, { deal, contact }));
  const values = { contact, calendars, now, deal: dealJson(deal) };
  const verdict = guard.when === undefined ? null : holds(guard.when, values);
  // A condition that cannot be answered is one that does not hold.
  const unmet = verdict !== null && !(verdict.ok && verdict.value);
  const stranger = guard.roles !== undefined && (role === undefined || !guard.roles.includes(role));
  if (missing.length === 0 && !unmet && !stranger) return [];
  return [
    {
      stage,
      guard: guard.id,
      message: guard.message,
      missing,
      ...(stranger && { roles: guard.roles }),
      ...(unmet && { when: guard.when }),
    },
  ];
}

function isEmpty(path: string, values: Pick<MoveScene, 'contact'> & { deal: DealView }): boolean {
  let value: unknown = values;
  for (const name of path.split('.')) {
    value = typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : null;
  }
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
