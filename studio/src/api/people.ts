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

/** Those who are at work with the company, as a list to choose from. */
export function choices(known: readonly User[]): { value: string; label: string }[] {
  return known.filter(({ active }) => active).map(({ key, name }) => ({ value: key, label: name }));
}
