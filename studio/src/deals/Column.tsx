import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { ActionIcon, Badge, Group, Text, Title } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardStage, Wish } from '../api/deals.ts';
import { inLanguage } from '../parts/localized.ts';
import { moneyText } from '../parts/money.ts';
import type { Ways } from './board.ts';
import { DealTile } from './DealTile.tsx';
import type { Movable } from './useMoves.tsx';

interface Props {
  stage: BoardStage;
  ways: Ways;
  /** Ids of deals whose moves have not been answered yet. */
  busy: ReadonlySet<string>;
  onMove: (deal: Movable, wish: Wish) => void;
  /** One stage below the other, as on a phone: they fold, and nothing is dragged. */
  stacked: boolean;
}

/** A stage of the board with its deals, how many and how much. Deals are dropped into it. */
export function Column({ stage, ways, busy, onMove, stacked }: Props) {
  const { t, i18n } = useTranslation();
  const column = useRef<HTMLElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const title = useId();
  const [over, setOver] = useState(false);
  const [folded, setFolded] = useState(false);
  const { key, count, deals } = stage;
  useEffect(() => {
    if (column.current === null || list.current === null || stacked) return;
    return combine(
      dropTargetForElements({
        element: column.current,
        canDrop: ({ source }) => typeof source.data.deal === 'string',
        getData: () => ({ stage: key }),
        onDragEnter: ({ source }) => setOver(source.data.stage !== key),
        onDragLeave: () => setOver(false),
        onDrop: () => setOver(false),
      }),
      autoScrollForElements({ element: list.current }),
    );
  }, [key, stacked]);
  const sums = Object.entries(stage.sums).map(([currency, sum]) => moneyText(sum, currency, i18n.language));
  return (
    <section ref={column} className="deal-column" data-over={over || undefined} aria-labelledby={title}>
      <Group justify="space-between" wrap="nowrap" gap="xs" className="deal-column-head">
        <div>
          <Title order={2} size="h6" id={title} className="wrapped">
            {inLanguage(stage.name, i18n.language)}
          </Title>
          <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
            {sums.length === 0 ? '–' : sums.join(' · ')}
          </Text>
        </div>
        <Group gap={4} wrap="nowrap">
          <Badge variant="default" radius="sm" tt="none" aria-label={t('deals.count', { count })}>
            {count}
          </Badge>
          {stacked && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-expanded={!folded}
              aria-label={t('deals.fold', { stage: inLanguage(stage.name, i18n.language) })}
              onClick={() => setFolded(!folded)}
            >
              {folded ? <IconChevronRight size={18} /> : <IconChevronDown size={18} />}
            </ActionIcon>
          )}
        </Group>
      </Group>
      <ul ref={list} className="deal-list" hidden={folded && stacked}>
        {deals.map((deal) => (
          <DealTile key={deal.id} deal={deal} ways={ways} onMove={onMove} busy={busy.has(deal.id)} drags={!stacked} />
        ))}
        {deals.length === 0 && (
          <Text component="li" size="xs" c="dimmed" ta="center" py="md">
            {t('deals.emptyStage')}
          </Text>
        )}
        {count > deals.length && (
          <Text component="li" size="xs" c="dimmed" ta="center" py="xs">
            {t('deals.notShown', { count: count - deals.length })}
          </Text>
        )}
      </ul>
    </section>
  );
}
