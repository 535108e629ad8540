import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconMessagePlus, IconUserShare, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../api/tasks.ts';
import type { RowDeeds } from './row-deeds.ts';

/** What one does to a task more rarely. */
export function MoreMenu({ task, title, deeds }: { task: Task; title: string; deeds: RowDeeds }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" shadow="md" returnFocus withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('day.moreOf', { title })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('day.moreOf', { title })}>
        <Menu.Item
          leftSection={<IconMessagePlus size={16} aria-hidden />}
          onClick={() => deeds.ask('finish', task)}
          rightSection={<kbd className="key-hint">c</kbd>}
        >
          {t('day.finishWithComment')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconUserShare size={16} aria-hidden />}
          onClick={() => deeds.ask('handOver', task)}
          rightSection={<kbd className="key-hint">h</kbd>}
        >
          {t('day.handOver')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconX size={16} aria-hidden />} onClick={() => deeds.cancel(task)}>
          {t('day.cancel')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
