import { useSyncExternalStore } from 'react';

const storage = 'voronka.user';
const listeners = new Set<() => void>();

/** Key of the user who sits here; empty: nobody has said. It stands on everything that is done from this browser. */
export function me(): string {
  return localStorage.getItem(storage) ?? '';
}

export function useMe(): string {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, me);
}

export function saveMe(user: string): void {
  localStorage.setItem(storage, user);
  for (const listener of listeners) listener();
}
