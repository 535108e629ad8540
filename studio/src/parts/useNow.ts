import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { clock } from '../api/clock.ts';

/**
 * The installation's time, which may pass faster than the reader's; ticking every so many real milliseconds: often enough for
 * "2 minutes ago", or for seconds that count down.
 */
export function useNow(step = 15_000): number {
  const { data: standard } = useQuery(clock);
  const real = useSyncExternalStore(
    (tick) => {
      const timer = setInterval(tick, step);
      return () => clearInterval(timer);
    },
    () => Math.ceil(Date.now() / step) * step,
  );
  return standard === undefined ? real : standard.there + (real - standard.here) * standard.perSecond;
}
