import {
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities, Arrival, Entrant, Hosted } from '../activities/contract.ts';
import { Alarm } from './alarm.ts';
import { type Batch, nextBatch } from './batch.ts';
import { asText, earlierRoom } from './earlier.ts';
import { type Carried, type CohortInput, type CohortView, cohortRoom, type Message, type Room } from './messages.ts';
import { SlowEffects } from './slow.ts';

const deliver = defineSignal<[Message[]]>('deliver');
const state = defineQuery<CohortView>('state');

/** A run ends and goes on as new from this many events on. */
const longHistory = 3_000;

const { turn } = proxyLocalActivities<Pick<Activities, 'turn'>>({
  startToCloseTimeout: '2 minutes',
  // Only a server that is away makes a turn fail: it is tried until the server is back.
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '30 seconds' },
  // Longer pauses are timers of the server: the workflow task that waits for the turn ends.
  localRetryThreshold: '5 seconds',
});

/**
 * Hosts instances of one definition version: remembers their states, waits for messages or the earliest deadline, and
 * lets those that moved take a turn. It decides nothing; it ends with its last instance.
 */
export async function cohort(input: CohortInput): Promise<void> {
  const shell = new Cohort(input);
  setHandler(deliver, (messages) => shell.receive(messages));
  setHandler(state, () => shell.view());
  await shell.run();
}

class Cohort {
  readonly #entrants: Entrant[];
  readonly #hosted: Map<string, Hosted>;
  readonly #arrivals: Arrival[];
  readonly #slow: SlowEffects;
  readonly #alarm = new Alarm();
  readonly #room: Room;
  #turn: number;
  #settle: string[];

  constructor({ entrants, carried, room = earlierRoom }: CohortInput) {
    this.#room = room;
    this.#entrants = [...entrants];
    this.#hosted = new Map(carried?.hosted.map(asText).map((hosted) => [hosted.id, hosted]));
    this.#arrivals = [...(carried?.arrivals ?? [])];
    const report = (arrival: Arrival) => this.#arrivals.push(arrival);
    this.#slow = new SlowEffects(report, carried?.slow ?? [], room.activities);
    this.#turn = carried?.turn ?? 0;
    this.#settle = carried?.settle ?? [];
  }

  receive(messages: Message[]): void {
    this.#arrivals.push(...messages);
  }

  view(): CohortView {
    return { ...this.#carried(), inFlight: this.#slow.inFlight };
  }

  async run(): Promise<void> {
    for (;;) {
      if (this.#isLong() && this.#slow.inFlight === 0) await this.#goOnAsNew();
      if (!this.#isLong()) this.#slow.start();
      const backlog = { entrants: this.#entrants, hosted: this.#hosted, arrivals: this.#arrivals };
      const batch = nextBatch(backlog, Date.now(), this.#room);
      if (batch) await this.#take(batch);
      else if (this.#hosted.size === 0 && this.#slow.inFlight === 0) return;
      else await this.#wait();
    }
  }

  async #take(batch: Batch): Promise<void> {
    const result = await turn({
      key: `${workflowInfo().workflowId}/${this.#turn}`,
      now: Date.now(),
      entrants: batch.entrants,
      states: batch.hosted.map((hosted) => hosted.state),
      arrivals: batch.arrivals,
      settle: this.#settle,
    });
    this.#turn += 1;
    this.#settle = result.settle;
    for (const hosted of result.hosted.map(asText)) this.#hosted.set(hosted.id, hosted);
    for (const id of result.ended) this.#hosted.delete(id);
    this.#slow.add(result.slow);
  }

  async #wait(): Promise<void> {
    let earliest: number | null = null;
    for (const { wake } of this.#hosted.values()) {
      if (wake !== null && (earliest === null || wake < earliest)) earliest = wake;
    }
    this.#alarm.set(earliest);
    await condition(() => this.#arrivals.length > 0 || this.#alarm.rang);
  }

  #isLong(): boolean {
    const info = workflowInfo();
    return info.continueAsNewSuggested || info.historyLength > longHistory;
  }

  /** Entrants have all taken their first turn by now: a history does not grow long before. */
  async #goOnAsNew(): Promise<never> {
    return await continueAsNew<typeof cohort>({ entrants: this.#entrants, carried: this.#carried(), room: cohortRoom });
  }

  #carried(): Carried {
    return {
      turn: this.#turn,
      hosted: [...this.#hosted.values()],
      arrivals: this.#arrivals,
      slow: this.#slow.waiting,
      settle: this.#settle,
    };
  }
}
