import { queryOptions } from '@tanstack/react-query';
import { read } from './access.ts';

export interface User {
  key: string;
  name: string;
  role: string;
  team?: string;
  active: boolean;
}

export const people = queryOptions({
  queryKey: ['users'],
  queryFn: async ({ signal }) => (await read<{ items: User[] }>('/users', {}, signal)).items,
  staleTime: 60_000,
});
