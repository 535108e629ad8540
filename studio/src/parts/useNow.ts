import { useSyncExternalStore } from 'react';

const step = 15_000;

/** The reader's clock, ticking often enough for "2 minutes ago". */
export function useNow(): number {
  return useSyncExternalStore(
    (tick) => {
      const timer = setInterval(tick, step);
      return () => clearInterval(timer);
    },
    () => Math.ceil(Date.now() / step) * step,
  );
}
