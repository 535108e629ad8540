import { useSyncExternalStore } from 'react';

const storage = 'voronka.mailbox.read';
/** As many as the mailbox keeps. */
const kept = 1_000;
const listeners = new Set<() => void>();
let marks: ReadonlySet<string> = new Set(stored());

function stored(): string[] {
  const value: unknown = JSON.parse(localStorage.getItem(storage) ?? '[]');
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}

/** Ids of the messages that were opened in this browser: the mailbox is shared, reading is not. */
export function useReadMarks(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => marks,
  );
}

export function markRead(id: string): void {
  if (marks.has(id)) return;
  marks = new Set([...marks, id].slice(-kept));
  localStorage.setItem(storage, JSON.stringify([...marks]));
  for (const listener of listeners) listener();
}
