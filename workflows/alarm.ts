import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

/** The one timer of a workflow. Setting the same instant again costs nothing in the history. */
export class Alarm {
  #at: number | null = null;
  #scope: CancellationScope | undefined;

  /** Whether the instant for which it was set has come. */
  get rang(): boolean {
    return this.#at !== null && this.#scope === undefined;
  }

  /** @param at epoch ms of workflow time, or null for no timer. */
  set(at: number | null): void {
    if (at === this.#at && !this.rang) return;
    this.#scope?.cancel();
    this.#scope = undefined;
    this.#at = at;
    if (at !== null) this.#start(at);
  }

  #start(at: number): void {
    const scope = new CancellationScope();
    this.#scope = scope;
    // A timer of 0 ms would fire within the same activation and leave the loop no turn.
    const ringing = scope.run(() => sleep(Math.max(at - Date.now(), 1)));
    ringing.then(
      () => {
        if (this.#scope === scope) this.#scope = undefined;
      },
      (error: unknown) => {
        if (!isCancellation(error)) throw error;
      },
    );
  }
}
