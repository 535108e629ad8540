import { queryOptions } from '@tanstack/react-query';
import { read } from './access.ts';

/** The installation's time at one moment of the reader's clock, and how fast it passes. */
export interface Standard {
  /** Epoch ms of the installation and of the reader at the same moment. */
  there: number;
  here: number;
  perSecond: number;
}

export const clock = queryOptions({
  queryKey: ['clock'],
  queryFn: async ({ signal }): Promise<Standard> => {
    const { now, perSecond } = await read<{ now: number; perSecond: number }>('/clock', {}, signal);
    return { there: now, here: Date.now(), perSecond };
  },
  refetchInterval: 60_000,
  staleTime: 30_000,
});
