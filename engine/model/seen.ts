import type { EngineEvent } from './event.ts';
import type { InstanceHead } from './state.ts';

/**
 * Whether an instance has not taken this event before; if so, keeps that it has now. Domain events and controls are numbered, so that
 * the same may come twice; all others are new each time.
 */
export function takeOnce(state: Pick<InstanceHead, 'lastSeq' | 'lastControl'>, event: EngineEvent): boolean {
  if (event.type === 'received') {
    if (event.event.seq <= state.lastSeq) return false;
    state.lastSeq = event.event.seq;
  } else if (event.type === 'control') {
    if (event.seq <= state.lastControl) return false;
    state.lastControl = event.seq;
  }
  return true;
}
