import type { Hosted } from '../activities/contract.ts';

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
