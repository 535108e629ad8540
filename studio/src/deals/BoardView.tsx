import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { Kbd, Text } from '@mantine/core';
import { useCallbackRef, useMediaQuery } from '@mantine/hooks';
import { useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { Board } from '../api/deals.ts';
import { withMoves } from './board.ts';
import { boardKeys } from './board-keys.ts';
import { Column } from './Column.tsx';
import { EndZones } from './EndZones.tsx';
import { useBoardFocus } from './useBoardFocus.ts';
import { useMoves } from './useMoves.tsx';
import './deals.css';

/** The stages side by side, or one below the other where there is little room; deals go from one to another by pointer or keyboard. */
export function BoardView({ board: known }: { board: Board }) {
  const { t } = useTranslation();
  const stacked = useMediaQuery('(max-width: 48em)') ?? false;
  const view = useRef<HTMLDivElement>(null);
  const { move, underway, dialogs } = useMoves(known, (deal) => focus.restore(deal));
  // The list is another object each time.
  const moves = JSON.stringify(underway);
  const board = useMemo(() => withMoves(known, underway), [known, moves]);
  const busy = useMemo(() => new Set(underway.map(({ id }) => id)), [moves]);
  const focus = useBoardFocus(view, board, busy, move);
  const onMove = useCallbackRef(focus.move);
  const drop = useEffectEvent((id: unknown, to: unknown) => {
    const deal = board.stages.flatMap(({ deals }) => deals).find((one) => one.id === id);
    if (deal !== undefined && typeof to === 'string') move(deal, { to });
  });
  useEffect(() => {
    if (view.current === null) return;
    return combine(
      monitorForElements({
        onDrop: ({ source, location }) => drop(source.data.deal, location.current.dropTargets[0]?.data.stage),
      }),
      autoScrollForElements({ element: view.current }),
    );
  }, []);
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys walk between the links inside */}
      <div
        ref={view}
        className="deal-board"
        data-stacked={stacked || undefined}
        onKeyDown={(event) => boardKeys(event, board, focus.move)}
      >
        {board.stages.map((stage) => (
          <Column key={stage.key} stage={stage} ways={known} busy={busy} onMove={onMove} stacked={stacked} />
        ))}
      </div>
      {!stacked && (
        <Text size="xs" c="dimmed" mt={6} component="p">
          <Trans t={t} i18nKey="deals.keys" components={{ kbd: <Kbd size="xs" /> }} />
        </Text>
      )}
      <EndZones />
      {dialogs}
    </>
  );
}
