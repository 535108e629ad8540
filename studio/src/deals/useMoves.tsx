import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Deal, moveDeal, refusalsOf, type Wish } from '../api/deals.ts';
import { inLanguage } from '../parts/localized.ts';
import { showFailure } from '../parts/show-failure.tsx';
import { showUndo } from '../parts/show-undo.tsx';
import type { Underway, Ways } from './board.ts';
import { LostDialog } from './LostDialog.tsx';
import { RefusedDialog, type RefusedMove } from './RefusedDialog.tsx';

/** As much of a deal as its moves need. */
export type Movable = Pick<Deal, 'id' | 'title' | 'stage' | 'status'>;

interface Move {
  deal: Movable;
  wish: Wish;
  /** Takes an earlier one back. */
  undoes?: boolean;
}

export interface Moves {
  move(deal: Movable, wish: Wish): void;
  /** What the server has not answered yet. */
  underway: Underway[];
  /** What screen readers are told, and questions: to be rendered. */
  dialogs: ReactNode;
}

const mutationKey = ['deals', 'move'];

/**
 * Moves deals: a move is shown at once, asks for what it needs, can be taken back, and when guards refuse it they say what they miss, which
 * can be filled in on the spot.
 * @param onDismissed is told of which deal a question was closed
 */
export function useMoves(ways: Ways, onDismissed?: (deal: string) => void): Moves {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const [losing, setLosing] = useState<Movable>();
  const [refused, setRefused] = useState<RefusedMove>();
  const [said, setSaid] = useState('');
  const asked = useRef<string>(undefined);
  const gone = () => {
    if (asked.current !== undefined) onDismissed?.(asked.current);
    asked.current = undefined;
  };
  const nameOf = (to: string) => {
    const stage = ways.stages.find(({ key }) => key === to);
    return stage === undefined ? t(`dealStatus.${to}`, to) : inLanguage(stage.name, i18n.language);
  };
  const { mutate } = useMutation({
    mutationKey,
    // One after the other, in the order in which they were wished.
    scope: { id: 'deals' },
    mutationFn: ({ deal, wish }: Move) => moveDeal(deal, wish),
    onSuccess: async (after, { deal, undoes }) => {
      // Under way until the board is read again: it never shows the old place in between.
      await queries.invalidateQueries({ queryKey: ['deals'] });
      const words = { title: deal.title, stage: nameOf(after.stage) };
      const message = t(undoes ? 'deals.movedBack' : 'deals.moved', words);
      setSaid(message);
      const undo = undoes ? undefined : () => mutate({ deal: after, wish: { to: deal.stage }, undoes: true });
      showUndo(`deal-${deal.id}`, message, t, undo);
    },
    onError: (error, { deal, wish }) => {
      setSaid(t('deals.putBack', { title: deal.title, stage: nameOf(deal.stage) }));
      const refusals = refusalsOf(error);
      if (refusals === undefined) showFailure(error, t);
      else {
        asked.current = deal.id;
        setRefused({ deal, wish, refusals });
      }
    },
  });
  const underway = useMutationState({
    filters: { mutationKey, status: 'pending' },
    select: ({ state }): Underway[] =>
      isMove(state.variables) ? [{ id: state.variables.deal.id, wish: state.variables.wish }] : [],
  }).flat();
  const move = (deal: Movable, wish: Wish) => {
    if (wish.to === deal.stage) return;
    if (wish.to === 'lost' && wish.reason === undefined && ways.lostReasons.length > 0) {
      asked.current = deal.id;
      setLosing(deal);
    } else mutate({ deal, wish });
  };
  const dialogs = (
    <>
      <div role="status" className="visually-hidden">
        {said}
      </div>
      <LostDialog
        deal={losing}
        reasons={ways.lostReasons}
        onClose={() => setLosing(undefined)}
        onLose={move}
        onGone={gone}
      />
      <RefusedDialog
        refused={refused}
        nameOf={nameOf}
        onClose={() => setRefused(undefined)}
        onRetry={move}
        onGone={gone}
      />
    </>
  );
  return { move, underway, dialogs };
}

function isMove(variables: unknown): variables is Move {
  return typeof variables === 'object' && variables !== null && 'deal' in variables && 'wish' in variables;
}
