import { type RefObject, useEffect, useRef } from 'react';
import type { Board, Wish } from '../api/deals.ts';
import type { Movable } from './useMoves.tsx';

type Move = (deal: Movable, wish: Wish) => void;

interface BoardFocus {
  /** Moves a deal and takes the focus along. */
  move: Move;
  /** Gives the focus back to a deal, if nothing else has it. */
  restore(deal: string): void;
}

/** Whoever moves a deal by keyboard or by its menu stays with it, wherever it stands then: there it is another element. */
export function useBoardFocus(
  view: RefObject<HTMLElement | null>,
  board: Board,
  busy: ReadonlySet<string>,
  move: Move,
): BoardFocus {
  const following = useRef<string>(undefined);
  const restore = (deal: string) => {
    if (document.activeElement === document.body) linkOf(view.current, deal)?.focus();
  };
  useEffect(() => {
    if (following.current === undefined) return;
    restore(following.current);
    if (!busy.has(following.current)) following.current = undefined;
  }, [board, busy]);
  return {
    move: (deal, wish) => {
      following.current = deal.id;
      move(deal, wish);
    },
    restore,
  };
}

function linkOf(view: HTMLElement | null, deal: string): HTMLElement | null {
  return view?.querySelector<HTMLElement>(`[data-deal="${CSS.escape(deal)}"] .deal-link`) ?? null;
}
