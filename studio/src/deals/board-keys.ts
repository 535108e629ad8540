import type { KeyboardEvent } from 'react';
import type { Board, Wish } from '../api/deals.ts';
import { neighbour } from './board.ts';
import type { Movable } from './useMoves.tsx';

/**
 * The keys of the board, while the name of a deal has the focus: arrows walk, with Shift the left and right ones move the deal to the stage
 * beside, M opens its menu.
 */
export function boardKeys(
  event: KeyboardEvent<HTMLElement>,
  board: Board,
  move: (deal: Movable, wish: Wish) => void,
): void {
  const { target, currentTarget, key } = event;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (!(target instanceof HTMLElement) || !target.matches('.deal-link')) return;
  if (event.code === 'KeyM') target.closest('[data-deal]')?.querySelector<HTMLElement>('.deal-menu')?.click();
  else if (event.shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight')) {
    const id = target.closest<HTMLElement>('[data-deal]')?.dataset.deal;
    const deal = board.stages.flatMap(({ deals }) => deals).find((one) => one.id === id);
    const to = deal && neighbour(board, deal.stage, key === 'ArrowLeft' ? -1 : 1);
    if (deal !== undefined && to !== undefined) move(deal, { to });
  } else if (!walk(currentTarget, target, key)) return;
  event.preventDefault();
}

/** Takes the focus to the deal above or below, or to the same height of the next stage that has any. @returns whether the key does so */
function walk(view: HTMLElement, link: HTMLElement, key: string): boolean {
  const columns = [...view.querySelectorAll('.deal-list')].map((list) => [
    ...list.querySelectorAll<HTMLElement>('.deal-link'),
  ]);
  const column = columns.findIndex((links) => links.includes(link));
  const own = columns[column] ?? [];
  const row = own.indexOf(link);
  const beside = (others: HTMLElement[][]) => {
    const next = others.find((links) => links.length > 0) ?? own;
    return next[Math.min(row, next.length - 1)];
  };
  const goals: Record<string, () => HTMLElement | undefined> = {
    ArrowUp: () => own[Math.max(row - 1, 0)],
    ArrowDown: () => own[Math.min(row + 1, own.length - 1)],
    ArrowLeft: () => beside(columns.slice(0, column).reverse()),
    ArrowRight: () => beside(columns.slice(column + 1)),
    Home: () => own[0],
    End: () => own.at(-1),
  };
  const goal = goals[key]?.();
  goal?.focus();
  return goal !== undefined;
}
