import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { follow } from '../api/access.ts';

/** Real milliseconds until a broken stream is opened again. */
const again = 3_000;

/**
 * Keeps what is shown of tickets true: the API tells which of them or of their clocks changed, and these are read again. After a break
 * everything is.
 */
export function useLiveTickets(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const leaving = new AbortController();
    const refresh = (...path: string[]) => void queries.invalidateQueries({ queryKey: ['tickets', ...path] });
    const hear = (data: string) => {
      const { tickets }: { tickets?: { id: string }[] } = JSON.parse(data);
      if (tickets === undefined || tickets.length === 0) return;
      refresh('list');
      for (const { id } of tickets) refresh(id);
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
  }, [queries]);
}
