import { queryOptions } from '@tanstack/react-query';
import type { LocalizedText } from '../../../engine/model/effects.ts';
import { read } from './access.ts';

/** The segments that there are, for names and filters. */
export const segments = queryOptions({
  queryKey: ['definitions', 'segment'],
  queryFn: async ({ signal }) =>
    (await read<{ items: { key: string; name: LocalizedText }[] }>('/definitions', { kind: 'segment' }, signal)).items,
  staleTime: 60_000,
});
