import type { Clock } from '../../config/clock.ts';
import type { Logger } from '../../config/log.ts';
import type { Queues } from '../../delivery/queues.ts';
import type { EffectName, EffectOf } from '../../engine/model/effects.ts';
import type { EffectError, EffectResult } from '../../engine/model/event.ts';
import type { ContactPolicy } from '../../engine/schema/contact-policy.ts';

/** What an effect may use of the process it runs in. */
export interface EffectServices {
  clock: Clock;
  queues: Queues;
  log: Logger;
  /** Hosts that http-request may call although they are not public. */
  httpAllowedHosts: readonly string[];
}

export interface EffectDeps extends EffectServices {
  /** Virtual epoch ms of the turn that performs: what records carry as their time. */
  now: number;
  /** The company's live contact policy. */
  policy: ContactPolicy;
}

/** What became of one effect. `ok: false` is terminal: an incident, or the step's `onError`. */
export type Outcome = { key: string; ok: true; result: EffectResult } | { key: string; ok: false; error: EffectError };

/**
 * Performs a batch of one kind of effect and answers one outcome per key, in any order. It may run again with the same
 * keys, also side by side with itself, and must then answer the same and do nothing twice. Whatever it throws is
 * transient: the whole batch is tried again.
 */
export type PerformEffect<N extends EffectName> = (
  effects: readonly EffectOf<N>[],
  deps: EffectDeps,
) => Promise<Outcome[]>;

export function done(key: string, result: EffectResult = {}): Outcome {
  return { key, ok: true, result };
}

export function refused(key: string, code: string, message: string): Outcome {
  return { key, ok: false, error: { code, message } };
}
