import { ActivityFailure, ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import type { Activities, Arrival } from '../activities/contract.ts';
import type { Effect } from '../engine/model/effects.ts';

const { perform } = proxyActivities<Pick<Activities, 'perform'>>({
  startToCloseTimeout: '3 minutes',
  // So soon another worker takes over from one that died.
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 3, maximumInterval: '10 minutes', maximumAttempts: 8 },
});

/** Effects in activities of their own: each is tried, and fails, alone. */
export class SlowEffects {
  readonly #report: (arrival: Arrival) => void;
  readonly #waiting: Effect[];
  readonly #most: number;
  #inFlight = 0;

  /** @param most that are performed at a time */
  constructor(report: (arrival: Arrival) => void, waiting: readonly Effect[], most: number) {
    this.#report = report;
    this.#waiting = [...waiting];
    this.#most = most;
  }

  get waiting(): Effect[] {
    return this.#waiting;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  add(effects: Effect[]): void {
    this.#waiting.push(...effects);
  }

  /** Begins those that wait and have room. Outcomes are reported as arrivals. */
  start(): void {
    for (const effect of this.#waiting.splice(0, this.#most - this.#inFlight)) {
      this.#inFlight += 1;
      void perform(effect, Date.now())
        .catch((error: unknown) => failure(effect, error))
        .then((arrival) => {
          this.#inFlight -= 1;
          this.#report(arrival);
        });
    }
  }
}

/** The last attempt's error, as the incident will show it. */
function failure(effect: Effect, error: unknown): Arrival {
  if (!(error instanceof ActivityFailure)) throw error;
  const { cause } = error;
  const code = (cause instanceof ApplicationFailure && cause.type) || 'STEP_FAILED';
  return {
    instance: effect.instance,
    type: 'failed',
    key: effect.key,
    error: { code, message: cause?.message ?? error.message },
  };
}
