import { ActionIcon, Box, Button, Text } from '@mantine/core';
import { IconCheck, IconHandGrab } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../api/tasks.ts';
import { inLanguage } from '../parts/localized.ts';
import { About } from './About.tsx';
import { Due } from './Due.tsx';
import { MoreMenu } from './MoreMenu.tsx';
import { PutOff } from './PutOff.tsx';
import type { RowDeeds } from './row-deeds.ts';

interface Props {
  task: Task;
  deeds: RowDeeds;
  /** Nobody has it yet. */
  free?: boolean;
}

/** A task that is to be done: what, about whom, until when, and how it may end. */
export function TaskRow({ task, deeds, free = false }: Props) {
  const { t, i18n } = useTranslation();
  const title = inLanguage(task.title, i18n.language);
  const outcomes = task.outcomes ?? [];
  const finish = () => (outcomes.length === 0 ? deeds.finish(task) : deeds.ask('finish', task));
  return (
    <li className="task" data-task={task.id}>
      <ActionIcon
        className="task-tick"
        variant="default"
        radius="xl"
        size="lg"
        data-key="d"
        aria-label={t('day.finishIt', { title })}
        title={t('day.done')}
        onClick={finish}
      >
        <IconCheck size={18} stroke={2.2} />
      </ActionIcon>
      <Box miw={0} className="task-text">
        <Text fw={600} className="wrapped">
          {title}
        </Text>
        <About task={task} />
        {task.description !== undefined && (
          <Text size="sm" c="dimmed" mt={2} className="wrapped task-description">
            {inLanguage(task.description, i18n.language)}
          </Text>
        )}
      </Box>
      <div className="task-ends">
        {outcomes.map(({ key, name }, index) => (
          <Button
            key={key}
            size="compact-sm"
            variant="light"
            data-key={index + 1}
            aria-label={t('day.outcomeOf', { outcome: inLanguage(name, i18n.language), title })}
            onClick={() => deeds.finish(task, { outcome: key })}
          >
            {inLanguage(name, i18n.language)}
          </Button>
        ))}
        {free && deeds.take !== undefined && (
          <Button
            size="compact-sm"
            variant="light"
            data-key="t"
            leftSection={<IconHandGrab size={15} aria-hidden />}
            aria-label={t('day.takeIt', { title })}
            onClick={() => deeds.take?.(task)}
          >
            {t('day.take')}
          </Button>
        )}
      </div>
      {task.due !== undefined && <Due at={task.due} />}
      <div className="task-menus">
        <PutOff title={title} onPutOff={(due) => deeds.putOff(task, due)} onAsk={() => deeds.ask('time', task)} />
        <MoreMenu task={task} title={title} deeds={deeds} />
      </div>
    </li>
  );
}
