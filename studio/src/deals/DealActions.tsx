import { Button, Group } from '@mantine/core';
import { IconArrowBackUp, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DealCard, Wish } from '../api/deals.ts';
import type { Movable } from './useMoves.tsx';

interface Props {
  deal: DealCard;
  onMove: (deal: Movable, wish: Wish) => void;
  /** A move has not been answered yet. */
  busy: boolean;
}

/** Win it, lose it; a deal that is over goes back to where it stood. */
export function DealActions({ deal, onMove, busy }: Props) {
  const { t } = useTranslation();
  const { closedFrom } = deal;
  if (deal.status !== 'open') {
    return closedFrom === undefined ? null : (
      <Button
        variant="default"
        loading={busy}
        onClick={() => onMove(deal, { to: closedFrom })}
        leftSection={<IconArrowBackUp size={16} aria-hidden />}
      >
        {t('deals.reopen')}
      </Button>
    );
  }
  return (
    <Group gap="xs">
      <Button
        color="green"
        disabled={busy}
        onClick={() => onMove(deal, { to: 'won' })}
        leftSection={<IconCircleCheck size={16} aria-hidden />}
      >
        {t('deals.win')}
      </Button>
      <Button
        variant="light"
        color="red"
        disabled={busy}
        onClick={() => onMove(deal, { to: 'lost' })}
        leftSection={<IconCircleX size={16} aria-hidden />}
      >
        {t('deals.lose')}
      </Button>
    </Group>
  );
}
