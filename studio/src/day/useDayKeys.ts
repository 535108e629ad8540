import { useLocalStorage } from '@mantine/hooks';
import { type RefObject, useEffect } from 'react';
import { shortcutOf } from './keys.ts';

/** Whether single keys do something here; who dictates by voice switches it off (WCAG 2.1.4). */
export function useSingleKeys() {
  return useLocalStorage({ key: 'voronka.keys', defaultValue: true, getInitialValueInEffect: false });
}

/** Where keys belong to what is focused: fields, dialogs and menus. */
const taken = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]';

const rowsOf = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>('[data-task]')];

export const focusRow = (row: HTMLElement | undefined) => row?.querySelector('button')?.focus();

/**
 * j and k walk through the tasks within an element; any other key presses the button of the walked-to task that names it
 * (`data-key`), or else is told to `press`, with the task's id if there is one.
 */
export function useDayKeys(
  list: RefObject<HTMLElement | null>,
  on: boolean,
  press: (key: string, task: string | undefined) => void,
): void {
  useEffect(() => {
    if (!on) return;
    const hear = (event: KeyboardEvent) => {
      const key = shortcutOf(event);
      const target = event.target instanceof Element ? event.target : null;
      if (key === undefined || list.current === null || event.defaultPrevented || target?.closest(taken)) return;
      const rows = rowsOf(list.current);
      const at = rows.findIndex((row) => row.contains(document.activeElement));
      const arrow = at >= 0 && (key === 'ArrowDown' || key === 'ArrowUp');
      if (key === 'j' || key === 'k' || arrow) {
        event.preventDefault();
        const next = key === 'j' || key === 'ArrowDown' ? at + 1 : Math.max(at - 1, 0);
        focusRow(rows[Math.min(next, rows.length - 1)]);
        return;
      }
      const row = rows[at];
      const button = row?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
      if (button) {
        event.preventDefault();
        button.click();
        return;
      }
      press(key, row?.dataset.task);
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [list, on, press]);
}
