import { draggable } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheckbox, IconClock, IconZzz } from '@tabler/icons-react';
import { memo, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardDeal, Wish } from '../api/deals.ts';
import { moneyText } from '../parts/money.ts';
import { TextLink } from '../parts/TextLink.tsx';
import { spanText } from '../parts/time.ts';
import { useNow } from '../parts/useNow.ts';
import type { Ways } from './board.ts';
import { MoveMenu } from './MoveMenu.tsx';
import { OwnerMark } from './OwnerMark.tsx';
import type { Movable } from './useMoves.tsx';

interface Props {
  deal: BoardDeal;
  ways: Ways;
  onMove: (deal: Movable, wish: Wish) => void;
  /** Its move has not been answered yet. */
  busy: boolean;
  /** Where fingers scroll, nothing is dragged. */
  drags: boolean;
}

/** A deal on the board: whose, how much, how long in its stage and whether that is too long. It is dragged, or moved by its menu. */
export const DealTile = memo(function DealTile({ deal, ways, onMove, busy, drags }: Props) {
  const { i18n } = useTranslation();
  const tile = useRef<HTMLLIElement>(null);
  const details = useId();
  const [dragged, setDragged] = useState(false);
  const { id, stage } = deal;
  useEffect(() => {
    if (tile.current === null || !drags) return;
    return draggable({
      element: tile.current,
      canDrag: () => !busy,
      getInitialData: () => ({ deal: id, stage }),
      onDragStart: () => setDragged(true),
      onDrop: () => setDragged(false),
    });
  }, [id, stage, busy, drags]);
  return (
    <li
      ref={tile}
      className="deal-tile"
      data-deal={id}
      data-dragged={dragged || undefined}
      data-draggable={drags || undefined}
      aria-busy={busy}
    >
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap={4}>
        <TextLink
          to="/deals/$id"
          params={{ id }}
          className="deal-link wrapped"
          fw={600}
          c="inherit"
          draggable={false}
          aria-describedby={details}
        >
          {deal.title}
        </TextLink>
        <MoveMenu deal={deal} ways={ways} onMove={onMove} disabled={busy} />
      </Group>
      <div id={details}>
        {deal.contactName !== undefined && (
          <Text size="xs" c="dimmed" className="wrapped">
            {deal.contactName}
          </Text>
        )}
        {deal.amount !== undefined && (
          <Text fw={650} size="sm" mt={4} style={{ fontVariantNumeric: 'tabular-nums' }}>
            {moneyText(deal.amount, deal.currency, i18n.language)}
          </Text>
        )}
        <Group justify="space-between" gap="xs" mt={6} wrap="nowrap">
          <Marks deal={deal} />
          <OwnerMark user={deal.owner} />
        </Group>
      </div>
    </li>
  );
});

/** How long it has stood in its stage, whether that is too long, and what is planned. */
function Marks({ deal: { stageSince, due, idle, openTasks } }: { deal: BoardDeal }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const past = (at: string | undefined) => (at === undefined ? -1 : now - Date.parse(at));
  const [late, still] = [past(due), past(idle)];
  const span = (length: number) => spanText(length, i18n.language);
  return (
    <Group gap={8} className="deal-marks">
      {late > 0 ? (
        <Text span size="xs" fw={600} c="var(--mantine-color-red-light-color)">
          <IconAlertTriangle size={13} aria-hidden className="inline-icon" /> {t('deals.overdue', { time: span(late) })}
        </Text>
      ) : (
        <Text span size="xs" c="dimmed" title={t('deals.inStage')}>
          <IconClock size={13} aria-hidden className="inline-icon" />{' '}
          <span className="visually-hidden">{t('deals.inStage')}</span> {span(past(stageSince))}
        </Text>
      )}
      {still > 0 && (
        <Text span size="xs" fw={600} c="var(--mantine-color-orange-light-color)">
          <IconZzz size={13} aria-hidden className="inline-icon" /> {t('deals.idle')}
        </Text>
      )}
      {openTasks > 0 && (
        <Text span size="xs" c="dimmed" title={t('deals.openTasks', { count: openTasks })}>
          <IconCheckbox size={13} aria-hidden className="inline-icon" /> <span aria-hidden>{openTasks}</span>
          <span className="visually-hidden">{t('deals.openTasks', { count: openTasks })}</span>
        </Text>
      )}
    </Group>
  );
}
