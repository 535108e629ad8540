import type { Clock } from '../../config/clock.ts';
import type { Logger } from '../../config/log.ts';
import type { DocumentMaker } from '../../delivery/documents/maker.ts';
import type { Queues } from '../../delivery/queues.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import type { EffectName, EffectOf } from '../../engine/model/effects.ts';
import type { EffectError, EffectResult } from '../../engine/model/event.ts';
import type { Company } from '../company.ts';

/** What an effect may use of the process it runs in. */
export interface EffectServices {
  clock: Clock;
  queues: Queues;
  log: Logger;
  /** Hosts that http-request may call although they are not public. */
  httpAllowedHosts: readonly string[];
  documents: DocumentMaker;
}

export interface EffectDeps extends EffectServices, Omit<Company, 'sla'> {
  /** Virtual epoch ms of the turn that performs: what records carry as their time. */
  now: number;
}

/**
 * What became of one effect. `failed` is terminal (an incident, or the step's `onError`); `again` asks the caller to
 * perform the same effect, under the same key, once more after its back-off; `lastly` is the answer when the attempts
 * are used up (without it, the error).
 */
export type Outcome = { key: string } & (
  | { status: 'performed'; result: EffectResult }
  | { status: 'failed'; error: EffectError }
  | { status: 'again'; error: EffectError; lastly?: EffectResult }
);

/**
 * Performs a batch of one kind of effect. Answers one outcome per effect, in any order. It may run side by side with
 * itself on the same keys. Throws only when nothing could be done at all (the store is away): then the whole batch is
 * performed again, and what was done is found by its key.
 */
export type PerformEffect<N extends EffectName, Deps = EffectDeps> = (
  effects: readonly EffectOf<N>[],
  deps: Deps,
) => Promise<Outcome[]>;

export function performed(key: string, result: EffectResult = {}): Outcome {
  return { key, status: 'performed', result };
}

export function failed(key: string, code: string, message: string): Outcome {
  return { key, status: 'failed', error: { code, message } };
}

export function again(key: string, code: string, message: string, lastly?: EffectResult): Outcome {
  return { key, status: 'again', error: { code, message }, ...(lastly && { lastly }) };
}

/** What went wrong with one effect alone, so that it holds up no other. @throws what is not of our own making: it concerns the whole batch */
export function troubled(key: string, error: unknown): Outcome {
  if (!(error instanceof VoronkaError)) throw error;
  return (error.retryable ? again : failed)(key, error.code, error.message);
}
