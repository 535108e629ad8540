import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/me.ts';
import { type Task, taskList } from '../api/tasks.ts';
import { Due } from '../day/Due.tsx';
import { FinishDialog } from '../day/FinishDialog.tsx';
import { NewTask } from '../day/NewTask.tsx';
import { type TaskDeeds, useTaskDeeds } from '../day/useTaskDeeds.ts';
import { Failure } from '../parts/Failure.tsx';
import { inLanguage } from '../parts/localized.ts';
import { MoreButton } from '../parts/MoreButton.tsx';
import { Panel } from '../parts/Panel.tsx';
import { PersonName } from '../tickets/PersonName.tsx';

/** What is still to be done for a deal, and how each of it may end. */
export function TasksPanel({ id, owner }: { id: string; owner: string | undefined }) {
  const { t } = useTranslation();
  const me = useMe();
  const [planning, { open, close }] = useDisclosure();
  const [asked, setAsked] = useState<Task>();
  const [asking, setAsking] = useState(false);
  const deeds = useTaskDeeds();
  const list = useInfiniteQuery(taskList({ deal: id, status: 'open' }));
  const tasks = list.data?.pages.flatMap((page) => page.items) ?? [];
  const ask = (task: Task) => {
    setAsked(task);
    setAsking(true);
  };
  return (
    <Panel
      title={t('row.task')}
      aside={
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={15} aria-hidden />} onClick={open}>
          {t('day.newTask')}
        </Button>
      }
    >
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && tasks.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('deals.noTasks')}
        </Text>
      )}
      <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
        {tasks.map((task) => (
          <Line key={task.id} task={task} deeds={deeds} onAsk={() => ask(task)} />
        ))}
      </Stack>
      <MoreButton list={list} />
      <NewTask opened={planning} onClose={close} assignee={me || (owner ?? '')} about={{ dealId: id }} />
      {asked && (
        <FinishDialog
          key={asked.id}
          task={asked}
          opened={asking}
          onClose={() => setAsking(false)}
          onFinish={(how) => {
            setAsking(false);
            deeds.finish(asked, how);
          }}
        />
      )}
    </Panel>
  );
}

/** A task with the ways in which it may end. */
function Line({ task, deeds, onAsk }: { task: Task; deeds: TaskDeeds; onAsk: () => void }) {
  const { t, i18n } = useTranslation();
  const title = inLanguage(task.title, i18n.language);
  return (
    <li>
      <Text size="sm" fw={600} className="wrapped">
        {title}
      </Text>
      <Group gap="sm" justify="space-between">
        {task.due === undefined ? <span /> : <Due at={task.due} />}
        <PersonName user={task.assignee} size="xs" c="dimmed" />
      </Group>
      <Group gap={4} mt={4}>
        {(task.outcomes ?? []).map(({ key, name }) => (
          <Button
            key={key}
            size="compact-xs"
            variant="light"
            aria-label={t('day.outcomeOf', { outcome: inLanguage(name, i18n.language), title })}
            onClick={() => deeds.finish(task, { outcome: key })}
          >
            {inLanguage(name, i18n.language)}
          </Button>
        ))}
        {task.outcomes === undefined && (
          <Button
            size="compact-xs"
            variant="light"
            leftSection={<IconCheck size={14} aria-hidden />}
            aria-label={t('day.finishIt', { title })}
            onClick={() => deeds.finish(task)}
          >
            {t('day.done')}
          </Button>
        )}
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onAsk}>
          {t('day.finishWithComment')}
        </Button>
      </Group>
    </li>
  );
}
