import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowRight, IconCircleCheck, IconCircleX, IconDots, IconMapPin } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BoardDeal, Wish } from '../api/deals.ts';
import { inLanguage } from '../parts/localized.ts';
import type { Ways } from './board.ts';
import type { Movable } from './useMoves.tsx';

interface Props {
  deal: BoardDeal;
  ways: Ways;
  onMove: (deal: Movable, wish: Wish) => void;
  disabled: boolean;
}

/** Where a deal may go, for whoever does not drag. */
export function MoveMenu({ deal, ways, onMove, disabled }: Props) {
  const { t, i18n } = useTranslation();
  const label = t('deals.moveOf', { title: deal.title });
  return (
    <Menu position="bottom-end" shadow="md" trapFocus returnFocus withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          className="deal-menu"
          disabled={disabled}
          aria-label={label}
          title={t('deals.moveTo')}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        <Menu.Label>{t('deals.moveTo')}</Menu.Label>
        {ways.stages.map(({ key, name }) => (
          <Menu.Item
            key={key}
            disabled={key === deal.stage}
            leftSection={
              key === deal.stage ? <IconMapPin size={16} aria-hidden /> : <IconArrowRight size={16} aria-hidden />
            }
            onClick={() => onMove(deal, { to: key })}
          >
            {inLanguage(name, i18n.language)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          color="green"
          leftSection={<IconCircleCheck size={16} aria-hidden />}
          onClick={() => onMove(deal, { to: 'won' })}
        >
          {t('deals.win')}
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconCircleX size={16} aria-hidden />}
          onClick={() => onMove(deal, { to: 'lost' })}
        >
          {t('deals.lose')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
