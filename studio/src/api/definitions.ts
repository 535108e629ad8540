import { queryOptions } from '@tanstack/react-query';
import { read } from './access.ts';
import type { LocalizedText } from './types.ts';

/** The segments that there are, for names and filters. */
export const segments = queryOptions({
  queryKey: ['definitions', 'segment'],
  queryFn: async ({ signal }) =>
    (await read<{ items: { key: string; name: LocalizedText }[] }>('/definitions/segment', {}, signal)).items,
  staleTime: 60_000,
});
