import { Text, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type DealCard, dealHistoryOf, type Wish } from '../api/deals.ts';
import { inLanguage } from '../parts/localized.ts';
import { spanText } from '../parts/time.ts';
import { useNow } from '../parts/useNow.ts';
import type { Ways } from './board.ts';
import { timeSpent } from './spent.ts';
import type { Movable } from './useMoves.tsx';

interface Props {
  deal: DealCard;
  ways: Ways;
  /** A move that has not been answered yet. */
  wish: Wish | undefined;
  onMove: (deal: Movable, wish: Wish) => void;
}

/** The stages of the pipeline as a way: what is behind, where the deal stands, what is ahead, and how long it stood in each. */
export function StageBar({ deal, ways, wish, onMove }: Props) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const { data: moves = [] } = useQuery(dealHistoryOf(deal.id));
  const spent = timeSpent(moves, now);
  const shown = wish?.to ?? deal.stage;
  const stands = shown === 'won' || shown === 'lost' ? (deal.closedFrom ?? deal.stage) : shown;
  const at = shown === 'won' ? ways.stages.length : ways.stages.findIndex(({ key }) => key === stands);
  return (
    <nav aria-label={t('deals.stages')}>
      <ol className="stage-bar">
        {ways.stages.map(({ key, name }, index) => {
          const place = index < at ? 'past' : index === at ? 'here' : 'ahead';
          const time = spent.get(key);
          return (
            <li key={key} data-place={place === 'here' && shown === 'lost' ? 'lost' : place}>
              <UnstyledButton
                className="deal-stage"
                aria-disabled={wish !== undefined || (place === 'here' && deal.status === 'open')}
                aria-current={place === 'here' ? 'step' : undefined}
                onClick={() => onMove(deal, { to: key })}
              >
                <Text span size="sm" fw={place === 'here' ? 700 : 500} className="wrapped">
                  {place === 'past' && <IconCheck size={14} aria-hidden className="inline-icon" />}{' '}
                  {inLanguage(name, i18n.language)}
                </Text>
                {time !== undefined && time >= 60_000 && (
                  <Text span size="xs">
                    {spanText(time, i18n.language)}
                  </Text>
                )}
              </UnstyledButton>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
