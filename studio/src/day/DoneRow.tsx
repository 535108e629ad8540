import { Box, Button, Text } from '@mantine/core';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../api/tasks.ts';
import { inLanguage } from '../parts/localized.ts';
import { Moment } from '../parts/Moment.tsx';
import { About } from './About.tsx';

/** A task that is behind one: how it ended, and the way back. */
export function DoneRow({ task, onReopen }: { task: Task; onReopen: () => void }) {
  const { t, i18n } = useTranslation();
  const title = inLanguage(task.title, i18n.language);
  const ended = task.outcomes?.find(({ key }) => key === task.outcome)?.name ?? task.outcome;
  const said = [ended && inLanguage(ended, i18n.language), task.comment].filter(Boolean).join(' · ');
  return (
    <li className="task" data-task={task.id}>
      <IconCheck size={18} stroke={2.2} aria-hidden className="task-done" />
      <Box miw={0} className="task-text">
        <Text className="wrapped" c="dimmed" td="line-through">
          {title}
        </Text>
        <About task={task} />
        {said !== '' && (
          <Text size="sm" mt={2} className="wrapped">
            {said}
          </Text>
        )}
      </Box>
      {task.closedAt !== undefined && <Moment at={task.closedAt} c="dimmed" className="due" />}
      <div className="task-menus">
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconArrowBackUp size={15} aria-hidden />}
          aria-label={t('day.reopenIt', { title })}
          onClick={onReopen}
        >
          {t('day.reopen')}
        </Button>
      </div>
    </li>
  );
}
