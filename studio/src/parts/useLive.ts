import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { follow } from '../api/access.ts';

/** Real milliseconds until a broken stream is opened again. */
const again = 3_000;

type Kind = 'tickets' | 'deals';

/**
 * Keeps what is shown of tickets or deals true: the API tells which of them changed, and these are read again. After a break everything
 * is. Queries of either begin with its name, and go on with `list` or the id of one.
 */
export function useLive(kind: Kind): void {
  const queries = useQueryClient();
  useEffect(() => {
    const leaving = new AbortController();
    const refresh = (...path: string[]) => void queries.invalidateQueries({ queryKey: [kind, ...path] });
    const hear = (data: string) => {
      const marks: { [K in Kind]?: { id: string }[] } = JSON.parse(data);
      const changed = marks[kind] ?? [];
      if (changed.length === 0) return;
      refresh('list');
      for (const { id } of changed) refresh(id);
    };
    let waiting: ReturnType<typeof setTimeout>;
    const open = () => {
      const reopen = () => {
        if (leaving.signal.aborted) return;
        waiting = setTimeout(() => {
          refresh();
          open();
        }, again);
      };
      follow('/live', hear, leaving.signal).then(reopen, reopen);
    };
    open();
    return () => {
      leaving.abort();
      clearTimeout(waiting);
    };
  }, [queries, kind]);
}
