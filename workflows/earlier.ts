import type { Hosted } from '../activities/contract.ts';
import type { Room } from './messages.ts';

/** Of workflows that were started without a word about it. */
export const earlierRoom: Room = { instances: 200, size: 600_000, activities: Number.POSITIVE_INFINITY };

/** As earlier versions remembered an instance: histories that have begun with them hold it. */
interface Earlier {
  state: { id: string };
  wake: number | null;
}

export function asText(hosted: Hosted | Earlier): Hosted {
  if ('id' in hosted) return hosted;
  const { state, wake } = hosted;
  return { id: state.id, wake, state: JSON.stringify(state) };
}
