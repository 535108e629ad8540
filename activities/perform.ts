import { ApplicationFailure, Context } from '@temporalio/activity';
import mongoose from 'mongoose';
import { VoronkaError } from '../engine/errors/error.ts';
import { groupBy } from '../engine/group-by.ts';
import type { Effect, EffectName, EffectOf } from '../engine/model/effects.ts';
import { isRefusal } from '../store/refusal.ts';
import type { Arrival } from './contract.ts';
import { type EffectDeps, failed, type Outcome, performed } from './effects/effect.ts';
import { effectKinds } from './effects/index.ts';

/** Performs effects of any kinds, those of one kind together. @returns one outcome per effect, in their order. */
export async function performAll(effects: readonly Effect[], deps: EffectDeps): Promise<Outcome[]> {
  const kinds = groupBy(effects, ({ name }) => name);
  const outcomes = await Promise.all([...kinds].map(([name, batch]) => performKind(name, batch, deps)));
  const byKey = new Map(outcomes.flat().map((outcome) => [outcome.key, outcome]));
  return effects.map(({ key }) => byKey.get(key) ?? failed(key, 'STEP_FAILED', 'the effect gave no answer'));
}

/** A batch that throws is taken apart, so that the one bad item fails alone. Errors of servers go to the caller. */
async function performKind<N extends EffectName>(
  name: N,
  batch: readonly Effect[],
  deps: EffectDeps,
): Promise<Outcome[]> {
  const effects = batch.filter((effect): effect is EffectOf<N> => effect.name === name);
  try {
    return await effectKinds[name].perform(effects, deps);
  } catch (error) {
    if (isTransient(error)) throw error;
    const [effect] = effects;
    if (effects.length > 1) {
      return (await Promise.all(effects.map((one) => performKind(name, [one], deps)))).flat();
    }
    deps.log.error({ err: error, effect: effect?.key }, 'an effect failed unexpectedly');
    const message = error instanceof Error ? error.message : String(error);
    return effects.map(({ key }) => failed(key, error instanceof VoronkaError ? error.code : 'STEP_FAILED', message));
  }
}

function isTransient(error: unknown): boolean {
  if (error instanceof VoronkaError) return error.retryable;
  return error instanceof mongoose.mongo.MongoError && !isRefusal(error);
}

/** Well below the activity's `heartbeatTimeout`. */
const heartbeatMs = 4_000;

/**
 * One effect as an activity of its own. Tried again by Temporal's back-off while it answers `again` and its kind has
 * attempts left.
 */
export async function performOne(effect: Effect, deps: EffectDeps): Promise<Arrival> {
  const { key } = effect;
  const context = Context.current();
  const beating = setInterval(() => context.heartbeat(), heartbeatMs);
  const [outcome = failed(key, 'STEP_FAILED', 'the effect gave no answer')] = await performAll([effect], deps).finally(
    () => clearInterval(beating),
  );
  if (outcome.status !== 'again') return toArrival(effect, outcome);
  const { attempts = Number.POSITIVE_INFINITY } = effectKinds[effect.name];
  const { error, lastly } = outcome;
  if (context.info.attempt < attempts) throw ApplicationFailure.retryable(error.message, error.code);
  return toArrival(effect, lastly ? performed(key, lastly) : outcome);
}

/** @param at virtual epoch ms, when it shall count as answered earlier than it is taken */
export function toArrival({ instance, key }: Effect, outcome: Outcome, at?: number): Arrival {
  const answer = { instance, key, ...(at !== undefined && { at }) };
  return outcome.status === 'performed'
    ? { ...answer, type: 'performed', result: outcome.result }
    : { ...answer, type: 'failed', error: outcome.error };
}
