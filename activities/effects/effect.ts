import type { EffectName, EffectOf } from '../../engine/model/effects.ts';
import type { EffectError, EffectResult } from '../../engine/model/event.ts';

/**
 * What became of one effect. `failed` is terminal (an incident, or the step's `onError`); `again` asks the caller to
 * perform the same effect, under the same key, once more after its back-off.
 */
export type Outcome = { key: string } & (
  | { status: 'performed'; result: EffectResult }
  | { status: 'failed'; error: EffectError }
  | { status: 'again'; error: EffectError }
);

/**
 * Performs a batch of one kind of effect. Answers one outcome per effect, in any order. Throws only when nothing could
 * be done at all (the store is away): then the whole batch is performed again, and what was done is found by its key.
 */
export type PerformEffect<N extends EffectName, Deps> = (
  effects: readonly EffectOf<N>[],
  deps: Deps,
) => Promise<Outcome[]>;
