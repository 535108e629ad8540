import type { Instance, InstanceState } from '../../engine/model/state.ts';
import type { Arrival, Entrant } from '../contract.ts';
import type { Desk } from '../desk.ts';
import { processReducer } from './process.ts';
import type { Move } from './reducer.ts';

/** Content hashes of the versions that an instance goes by. */
export function pinsOf({ definition }: Instance | Entrant): string[] {
  return [definition.hash];
}

export function start(entrant: Entrant, desk: Desk): Instance {
  return processReducer.start(entrant, desk);
}

export function move(state: Instance, arrivals: readonly Arrival[], desk: Desk): Move {
  return processReducer.move(ofProcess(state), arrivals, desk);
}

export function deadlineOf(state: Instance): number | null {
  return processReducer.deadline(ofProcess(state));
}

function ofProcess(state: Instance): InstanceState {
  if (state.reducer === 'process') return state;
  throw new RangeError(`nothing moves an instance of "${state.reducer}"`);
}
