import type { MinuteWalk } from '../time/minute-walk.ts';

/** Something that happens to a ticket at a minute of the walk. */
export interface Happening {
  minute: number;
  what: 'wait' | 'work' | 'resolve' | 'reopen' | 'ask' | 'answer' | 'note';
}

export interface Promise {
  goal: number;
  reopening: 'continue' | 'new';
}

/** One promise as the walk sees it. Minutes of the walk, and minutes of open time. */
export interface NaiveClock {
  consumed: number;
  state: 'running' | 'standing' | 'met';
  breached: number | null;
}

/**
 * The clocks of a ticket told the slow way: minute by minute, look what happens, then whether the minute is open. Written from
 * the rules in the reference alone, with nothing of the engine in it.
 */
export class NaiveTicket {
  readonly resolution: NaiveClock[] = [];
  readonly first: NaiveClock = { consumed: 0, state: 'running', breached: null };
  readonly next: NaiveClock[] = [];
  readonly #promise: Promise;
  #waits = false;
  #resolved = false;
  #asked = false;

  constructor(promise: Promise) {
    this.#promise = promise;
    this.resolution.push({ consumed: 0, state: 'running', breached: null });
  }

  /** Lives through the minutes from `from` up to, not including, `to`. */
  live(walk: MinuteWalk, from: number, to: number, happenings: readonly Happening[]): void {
    for (let minute = from; minute < to; minute++) {
      for (const { minute: when, what } of happenings) if (when === minute) this.#happen(what);
      for (const clock of this.#all()) {
        if (clock.state !== 'running') continue;
        if (clock.consumed >= this.#promise.goal) clock.breached ??= minute;
        if (walk.open[minute]) clock.consumed += 1;
      }
    }
  }

  #all(): NaiveClock[] {
    return [this.first, ...this.next, ...this.resolution];
  }

  #happen(what: Happening['what']): void {
    if (what === 'wait' && !this.#resolved) this.#waits = true;
    if (what === 'work' && !this.#resolved) this.#waits = false;
    if (what === 'resolve' && !this.#resolved) this.#resolve();
    if (what === 'reopen' && this.#resolved) this.#reopen();
    if (what === 'ask' && this.first.state === 'met' && !this.#asked) {
      this.#asked = true;
      this.next.push({ consumed: 0, state: 'running', breached: null });
    }
    if (what === 'answer') {
      this.#asked = false;
      for (const clock of [this.first, ...this.next]) clock.state = 'met';
    }
    for (const clock of [this.first, ...this.next]) {
      if (clock.state !== 'met') clock.state = this.#resolved ? 'standing' : 'running';
    }
    const latest = this.resolution.at(-1);
    if (latest !== undefined && latest.state !== 'met') latest.state = this.#waits ? 'standing' : 'running';
  }

  #resolve(): void {
    this.#resolved = true;
    this.#waits = false;
    for (const clock of this.resolution) clock.state = 'met';
  }

  #reopen(): void {
    this.#resolved = false;
    const latest = this.resolution.at(-1);
    if (this.#promise.reopening === 'continue' && latest !== undefined) latest.state = 'running';
    else this.resolution.push({ consumed: 0, state: 'running', breached: null });
  }
}
