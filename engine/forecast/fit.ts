import type { DealCourse } from './course.ts';
import { type Durations, durationsOf } from './duration.ts';
import { fewestDeals, type Judged, judge, type Learned, learn } from './learn.ts';
import { scoreOf } from './measures.ts';
import { type PastDeal, pastDeals } from './past.ts';
import { plainRates } from './stages.ts';

/** What a pipeline's forecasts go by, and how it did on its own past. */
export interface Fitted {
  learned: Learned;
  durations: Durations;
  /** Deals that are over, and of them those that were won. */
  deals: number;
  won: number;
  /**
   * stages: conversion of the stage with its prior; model: with what facts add to it; plain: the bare stage average, because it did better than either
   * in the back-test.
   */
  used: 'stages' | 'model' | 'plain';
  /** Deals of the back-test; 0: too few to judge. */
  judged: number;
  /** Mean squared error there of what is used, and of the plain stage average. */
  brier?: number;
  plainBrier?: number;
}

/** Deals that must have been judged before a comparison counts. */
const fewestJudged = 50;

/** Learns from the deals of one pipeline; what comes out is in the back-test never worse than the plain average of the stages. */
export function fitPipeline(courses: readonly DealCourse[]): Fitted {
  const past = pastDeals(courses);
  const learned = learn(past);
  const durations = durationsOf(past);
  const won = past.filter(({ won }) => won === 1).length;
  const whole = { learned, durations, deals: past.length, won, used: usedBy(learned) };
  const judged = backtest(past);
  const deals = judgedDeals(judged);
  if (deals < fewestJudged) return { ...whole, judged: 0 };
  const [own, plain] = [scoreOf(judged, ({ whole }) => whole), scoreOf(judged, ({ plain }) => plain)];
  const scores = { judged: deals, plainBrier: plain.brier };
  if (own.brier <= plain.brier) return { ...whole, ...scores, brier: own.brier };
  return { ...whole, ...scores, learned: { rates: plainRates(past), weight: 0 }, used: 'plain', brier: plain.brier };
}

/**
 * Judges the later deals by the earlier ones, with all that `learn` does: the weight of the facts too is found without the deals that are judged, so this
 * is what would have been shown then.
 */
export function backtest(past: readonly PastDeal[]): Judged[] {
  return past.length < fewestDeals ? [] : judge(past, learn);
}

export function judgedDeals(judged: readonly Judged[]): number {
  return new Set(judged.map(({ look }) => look.deal)).size;
}

function usedBy({ model }: Learned): Fitted['used'] {
  return model === undefined ? 'stages' : 'model';
}
