import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { cancelTask, changeTask, type Day, finishTask, reopenTask, type Task } from '../api/tasks.ts';
import { inLanguage } from '../parts/localized.ts';
import { showFailure } from '../parts/show-failure.tsx';
import { showUndo } from '../parts/show-undo.tsx';

interface Deed {
  task: Task;
  run: () => Promise<unknown>;
  /** Key of the text that says what was done. */
  said: string;
  /** Takes it back. */
  undo: () => Promise<unknown>;
}

export interface TaskDeeds {
  finish(task: Task, how?: { outcome?: string; comment?: string }): void;
  cancel(task: Task): void;
  reopen(task: Task): void;
  putOff(task: Task, due: number): void;
  handOver(task: Task, user: string): void;
  take(task: Task, user: string): void;
  /** Takes back what was done last, once. */
  undo(): void;
}

/** What one does to tasks: it is shown at once, can be taken back from the notice, and returns by itself when it was refused. */
export function useTaskDeeds(): TaskDeeds {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const last = useRef<(() => void) | undefined>(undefined);
  const refresh = () => queries.invalidateQueries({ queryKey: ['tasks'] });
  const { mutate } = useMutation({
    mutationFn: ({ run }: Deed) => run(),
    onMutate: async ({ task }) => {
      await queries.cancelQueries({ queryKey: ['tasks', 'day'] });
      queries.setQueriesData<Day>({ queryKey: ['tasks', 'day'] }, (day) => day && without(day, task.id));
    },
    onSuccess: (_, { task, said, undo }) => {
      const back = () => {
        notifications.hide(noticeOf(task));
        if (last.current === back) last.current = undefined;
        undo().then(refresh, (error: Error) => showFailure(error, t));
      };
      last.current = back;
      showUndo(noticeOf(task), t(said, { title: inLanguage(task.title, i18n.language) }), t, back);
    },
    onError: (error) => showFailure(error, t),
    onSettled: refresh,
  });
  const change = (task: Task, said: string, to: Parameters<typeof changeTask>[1], from: typeof to) =>
    mutate({ task, said, run: () => changeTask(task.id, to), undo: () => changeTask(task.id, from) });
  return {
    finish: (task, how = {}) =>
      mutate({ task, said: 'day.finished', run: () => finishTask(task.id, how), undo: () => reopenTask(task.id) }),
    cancel: (task) =>
      mutate({ task, said: 'day.cancelled', run: () => cancelTask(task.id), undo: () => reopenTask(task.id) }),
    reopen: (task) =>
      mutate({
        task,
        said: 'day.reopened',
        run: () => reopenTask(task.id),
        undo: () =>
          finishTask(task.id, {
            ...(task.outcome !== undefined && { outcome: task.outcome }),
            ...(task.comment !== undefined && { comment: task.comment }),
          }),
      }),
    putOff: (task, due) =>
      change(task, 'day.wasPutOff', { due: new Date(due).toISOString() }, { due: task.due ?? null }),
    handOver: (task, user) => change(task, 'day.handedOver', { assignee: user }, { assignee: task.assignee ?? null }),
    take: (task, user) => change(task, 'day.taken', { assignee: user }, { assignee: task.assignee ?? null }),
    undo: () => last.current?.(),
  };
}

const noticeOf = ({ id }: Task) => `task-${id}`;

/** The day while a task is on its way to another place. */
function without(day: Day, id: string): Day {
  const rest = (tasks: Task[]) => tasks.filter((task) => task.id !== id);
  return {
    ...day,
    overdue: rest(day.overdue),
    today: rest(day.today),
    tomorrow: rest(day.tomorrow),
    later: rest(day.later),
    undated: rest(day.undated),
    forRole: rest(day.forRole),
    doneToday: rest(day.doneToday),
  };
}
