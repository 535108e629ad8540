import { queryOptions } from '@tanstack/react-query';
import type { LocalizedText } from '../../../engine/model/effects.ts';
import { read } from './access.ts';

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
