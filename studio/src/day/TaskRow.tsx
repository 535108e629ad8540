import { ActionIcon, Box, Button, Menu, Text } from '@mantine/core';
import {
  IconArrowBackUp,
  IconCheck,
  IconDots,
  IconHandGrab,
  IconMessagePlus,
  IconUserShare,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../api/tasks.ts';
import { inLanguage } from '../parts/localized.ts';
import { Moment } from '../parts/Moment.tsx';
import { About } from './About.tsx';
import { Due } from './Due.tsx';
import { PutOff } from './PutOff.tsx';

export type Question = 'finish' | 'time' | 'handOver';

/** What can be done to the tasks of a list. */
export interface RowDeeds {
  finish(task: Task, how?: { outcome?: string }): void;
  reopen(task: Task): void;
  cancel(task: Task): void;
  putOff(task: Task, due: number): void;
  /** Absent: nobody has said who they are. */
  take?: (task: Task) => void;
  ask(what: Question, task: Task): void;
}

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
        <More task={task} title={title} deeds={deeds} />
      </div>
    </li>
  );
}

function More({ task, title, deeds }: { task: Task; title: string; deeds: RowDeeds }) {
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
