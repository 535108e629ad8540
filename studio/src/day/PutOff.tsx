import { ActionIcon, Menu } from '@mantine/core';
import { IconAlarmSnooze } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../parts/useNow.ts';
import { inAnHour, mondayMorning, tomorrowMorning } from './moments.ts';

interface Props {
  title: string;
  onPutOff: (due: number) => void;
  /** Asks for a time of one's own. */
  onAsk: () => void;
}

/** When rather. */
export function PutOff({ title, onPutOff, onAsk }: Props) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const [tomorrow, monday] = [tomorrowMorning(now), mondayMorning(now)];
  const choices = [
    { text: t('day.inAnHour'), due: inAnHour(now) },
    { text: t('day.tomorrowMorning'), due: tomorrow },
    ...(monday === tomorrow ? [] : [{ text: t('day.mondayMorning'), due: monday }]),
  ];
  const when = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
  return (
    <Menu position="bottom-end" shadow="md" returnFocus withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('day.putOffIt', { title })}
          title={t('day.putOff')}
          data-key="p"
        >
          <IconAlarmSnooze size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('day.putOff')}>
        {choices.map(({ text, due }) => (
          <Menu.Item
            key={text}
            onClick={() => onPutOff(due)}
            rightSection={<span className="key-hint">{when.format(due)}</span>}
          >
            {text}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={onAsk}>{t('day.anotherTime')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
