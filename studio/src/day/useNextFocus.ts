import { type RefObject, useEffect, useRef } from 'react';
import type { Day } from '../api/tasks.ts';
import { focusRow } from './useDayKeys.ts';

/**
 * Whoever does something to a task by keyboard goes on at the one that follows it, not at the top of the page.
 * @returns is told which task is about to go
 */
export function useNextFocus(list: RefObject<HTMLElement | null>, day: Day): (task: string) => void {
  const plan = useRef<{ going: string; next: string | undefined }>(undefined);
  useEffect(() => {
    if (plan.current === undefined || list.current === null) return;
    const { going, next } = plan.current;
    if (list.current.querySelector(`[data-task="${CSS.escape(going)}"]`) !== null) return;
    plan.current = undefined;
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const row =
      next === undefined ? null : list.current.querySelector<HTMLElement>(`[data-task="${CSS.escape(next)}"]`);
    if (row) focusRow(row);
    else document.getElementById('content')?.focus({ preventScroll: true });
  }, [day, list]);
  return (task) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-task]') ?? [])];
    const at = rows.findIndex((row) => row.dataset.task === task);
    plan.current = { going: task, next: (rows[at + 1] ?? rows[at - 1])?.dataset.task };
  };
}
