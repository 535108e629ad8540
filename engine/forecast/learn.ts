import { groupBy } from '../group-by.ts';
import type { Sight } from './course.ts';
import { encode, type Scales, scalesOf } from './facts.ts';
import type { Look, PastDeal } from './past.ts';
import { fitRidge, logit, type Ridge, sigmoid, sumOf, varianceOf } from './ridge.ts';
import { logitVariance, plainRates, type StageRates, stageRate, stageRates } from './stages.ts';

/** What facts add to the stage's average. */
export interface FactModel extends Ridge {
  scales: Scales;
}

/** What a pipeline's past teaches of its open deals. */
export interface Learned {
  rates: StageRates;
  /** Absent: stages alone. */
  model?: FactModel;
  /** How much of the model's step away from the stage's average is taken, from 0 to 1. */
  weight: number;
}

/** A look at a deal with the chances that were given it by those who knew only deals that had ended before. */
export interface Judged {
  look: Look;
  /** The bare average of the stage. */
  plain: number;
  /** The stage's share with its prior. */
  stage: number;
  /** With the facts. */
  whole: number;
}

/** Deals that must be over before facts are looked at at all. */
export const fewestDeals = 40;
const blocks = 3;

/**
 * Learns from the deals of a pipeline that are over, in the order in which they ended. The weight of the facts is found on deals that the model had
 * not seen and that ended later than those it had.
 */
export function learn(past: readonly PastDeal[]): Learned {
  const stagesAlone = { rates: stageRates(past), weight: 0 };
  if (past.length < fewestDeals) return stagesAlone;
  const weight = weightOf(judge(past, withFacts));
  return weight === 0 ? stagesAlone : { ...withFacts(past), weight };
}

/** Stages and facts, before it is known how much the facts are worth. */
function withFacts(past: readonly PastDeal[]): Learned {
  const rates = stageRates(past);
  const scales = scalesOf(past);
  const rows = past.flatMap(({ looks }) =>
    looks.map(({ sight, won }) => ({
      entries: encode(scales, sight),
      offset: logit(stageRate(rates, sight.stage)),
      won,
    })),
  );
  const deviations = scales.columns.map(({ deviation }) => deviation);
  // All looks together weigh as much as the deals: ten looks at a deal are no ten deals.
  return { rates, model: { scales, ...fitRidge(rows, past.length / Math.max(1, rows.length), deviations) }, weight: 1 };
}

/** Chances of a deal by its stage alone, and with all that is known. */
export function chances({ rates, model, weight }: Learned, sight: Sight): { stage: number; whole: number } {
  const stage = stageRate(rates, sight.stage);
  if (model === undefined) return { stage, whole: stage };
  const far = sigmoid(logit(stage) + sumOf(encode(model.scales, sight), model.coefficients));
  return { stage, whole: stage + weight * (far - stage) };
}

/** How well the log odds of a deal are known: those of its stage, and the terms of its facts as far as they count. */
export function logOddsVariance({ rates, model, weight }: Learned, sight: Sight): number {
  const stage = logitVariance(rates, sight.stage);
  return model === undefined ? stage : stage + weight ** 2 * varianceOf(encode(model.scales, sight), model.covariance);
}

/**
 * Lets a way of learning judge later deals by earlier ones: three blocks of deals by the time of their end, each judged by what was learned from those
 * that had ended before it, at moments after that.
 */
export function judge(past: readonly PastDeal[], way: (past: readonly PastDeal[]) => Learned): Judged[] {
  const first = Math.floor(past.length * 0.4);
  const startOf = (block: number) => first + Math.floor(((past.length - first) * block) / blocks);
  return Array.from({ length: blocks }, (_, block) => {
    const later = past.slice(startOf(block), startOf(block + 1));
    const since = later[0]?.closedAt ?? 0;
    const earlier = past.filter(({ closedAt }) => closedAt < since);
    const learned = way(earlier);
    const plain = plainRates(earlier);
    return later
      .flatMap(({ looks }) => looks.filter(({ at }) => at >= since))
      .map((look): Judged => ({ look, plain: stageRate(plain, look.sight.stage), ...chances(learned, look.sight) }));
  }).flat();
}

/**
 * The weight that the judged deals prove: the one with the least squared error (which is a parabola in the weight), less one standard error with deals, not
 * looks, as what is counted. Between 0 and the best weight the error is nowhere greater than at 0, so on these deals it is never worse than the stages.
 */
export function weightOf(judged: readonly Judged[]): number {
  const room = judged.reduce((sum, { stage, whole }) => sum + (whole - stage) ** 2, 0);
  if (room === 0) return 0;
  const best = judged.reduce((sum, { look, stage, whole }) => sum + (whole - stage) * (look.won - stage), 0) / room;
  const scores = [...groupBy(judged, ({ look }) => look.deal).values()].map((own) =>
    own.reduce((sum, { look, stage, whole }) => sum + (whole - stage) * (look.won - stage - best * (whole - stage)), 0),
  );
  const error = Math.sqrt(scores.reduce((sum, score) => sum + score ** 2, 0)) / room;
  return Math.max(0, Math.min(1, best - error));
}
