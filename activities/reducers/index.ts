import type { Instance } from '../../engine/model/state.ts';
import { clocksDefinition } from '../../engine/sla/start.ts';
import type { Arrival, Entrant } from '../contract.ts';
import type { Desk } from '../desk.ts';
import { clockReducer } from './clock.ts';
import { processReducer } from './process.ts';
import type { Move } from './reducer.ts';

/** Content hashes of the versions that an instance goes by. */
export function pinsOf(instance: Instance | Entrant): string[] {
  if (!('reducer' in instance) || instance.reducer === 'process') return [instance.definition.hash];
  return instance.clocks.flatMap(({ calendar }) => calendar?.hash ?? []);
}

export function start(entrant: Entrant, desk: Desk): Instance {
  const reducer = entrant.definition.hash === clocksDefinition.hash ? clockReducer : processReducer;
  return reducer.start(entrant, desk);
}

export function move(state: Instance, arrivals: readonly Arrival[], desk: Desk): Move {
  return state.reducer === 'sla'
    ? clockReducer.move(state, arrivals, desk)
    : processReducer.move(state, arrivals, desk);
}

export function deadlineOf(state: Instance): number | null {
  return state.reducer === 'sla' ? clockReducer.deadline(state) : processReducer.deadline(state);
}
