import { queryOptions } from '@tanstack/react-query';
import type { LocalizedText } from '../../../engine/model/effects.ts';
import { read } from './access.ts';

/** A published definition that is not in force, and why. */
interface Unreadable {
  kind: string;
  key: string;
  name: LocalizedText;
  problem: string;
}

export const unreadableDefinitions = queryOptions({
  queryKey: ['definitions', 'unreadable'],
  queryFn: async ({ signal }): Promise<Unreadable[]> => {
    const { items } = await read<{ items: (Omit<Unreadable, 'problem'> & { problem?: string })[] }>(
      '/definitions',
      {},
      signal,
    );
    return items.flatMap(({ problem, ...head }) => (problem === undefined ? [] : [{ ...head, problem }]));
  },
  refetchInterval: 60_000,
});

/** What the definitions of a kind are called, by key. */
export const definitionNames = (kind: 'segment' | 'process') =>
  queryOptions({
    queryKey: ['definitions', kind],
    queryFn: async ({ signal }) => {
      const { items } = await read<{ items: { key: string; name: LocalizedText }[] }>('/definitions', { kind }, signal);
      return new Map(items.map(({ key, name }) => [key, name]));
    },
    staleTime: 60_000,
  });
