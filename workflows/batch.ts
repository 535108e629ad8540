import type { Arrival, Entrant, Hosted } from '../activities/contract.ts';
import type { Room } from './messages.ts';

export interface Batch {
  entrants: Entrant[];
  hosted: Hosted[];
  arrivals: Arrival[];
}

/** What a workflow has to do: who waits to enter, who is hosted, what has come for them, in order. */
export interface Backlog {
  entrants: Entrant[];
  hosted: ReadonlyMap<string, Hosted>;
  arrivals: Arrival[];
}

/**
 * The next instances to take a turn, or null when all of them wait: entrants first, then those that something came
 * for, then those that are due at `now`, as far as there is room. All arrivals of a chosen instance come along, in order. Takes them out of the
 * backlog, and throws away what came for an instance that is not hosted any longer.
 */
export function nextBatch(backlog: Backlog, now: number, most: Room): Batch | null {
  const room = new Place(most);
  const entrants = takeEntrants(backlog, room);
  const chosen = new Map<string, Hosted | undefined>(entrants.map((entrant) => [entrant.id, undefined]));
  const choose = (hosted: Hosted) => {
    const { id, state } = hosted;
    if (chosen.has(id) || !room.take(state.length)) return;
    chosen.set(id, hosted);
  };
  for (const { instance } of backlog.arrivals) {
    const hosted = backlog.hosted.get(instance);
    if (hosted) choose(hosted);
  }
  for (const hosted of backlog.hosted.values()) if (hosted.wake !== null && hosted.wake <= now) choose(hosted);
  const arrivals = takeArrivals(backlog, chosen);
  if (chosen.size === 0) return null;
  return { entrants, hosted: [...chosen.values()].filter((hosted) => hosted !== undefined), arrivals };
}

function takeEntrants(backlog: Backlog, room: Place): Entrant[] {
  let count = 0;
  for (const entrant of backlog.entrants) {
    if (!room.take(JSON.stringify(entrant).length)) break;
    count += 1;
  }
  return backlog.entrants.splice(0, count);
}

function takeArrivals(backlog: Backlog, chosen: ReadonlyMap<string, unknown>): Arrival[] {
  const waiting = new Set(backlog.entrants.map((entrant) => entrant.id));
  const taken: Arrival[] = [];
  const left: Arrival[] = [];
  for (const arrival of backlog.arrivals) {
    if (chosen.has(arrival.instance)) taken.push(arrival);
    else if (waiting.has(arrival.instance) || backlog.hosted.has(arrival.instance)) left.push(arrival);
  }
  backlog.arrivals.splice(0, backlog.arrivals.length, ...left);
  return taken;
}

/** The room that is left in a turn. */
class Place {
  #instances: number;
  #size: number;
  #isEmpty = true;

  constructor({ instances, size }: Room) {
    this.#instances = instances;
    this.#size = size;
  }

  /** @returns whether there was room for one more of this size. The first always fits, however large. */
  take(size: number): boolean {
    if (!this.#isEmpty && (this.#instances === 0 || this.#size < size)) return false;
    this.#isEmpty = false;
    this.#instances -= 1;
    this.#size -= size;
    return true;
  }
}
