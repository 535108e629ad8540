import { useCallback, useRef, useState } from 'react';
import { useMe } from '../api/me.ts';
import type { Day, Task } from '../api/tasks.ts';
import { useNow } from '../parts/useNow.ts';
import { AllDone } from './AllDone.tsx';
import { DoneRow } from './DoneRow.tsx';
import { FinishDialog } from './FinishDialog.tsx';
import { HandOverDialog } from './HandOverDialog.tsx';
import { tomorrowMorning } from './moments.ts';
import type { Question, RowDeeds } from './row-deeds.ts';
import { TaskRow } from './TaskRow.tsx';
import { TaskSection } from './TaskSection.tsx';
import { TimeDialog } from './TimeDialog.tsx';
import { useDayKeys, useSingleKeys } from './useDayKeys.ts';
import { useNextFocus } from './useNextFocus.ts';
import { useTaskDeeds } from './useTaskDeeds.ts';

interface Props {
  day: Day;
  mine: boolean;
  onPlan: () => void;
}

/** The lists of a day with all that can be done in them, by mouse, touch and key. */
export function DayLists({ day, mine, onPlan }: Props) {
  const me = useMe();
  const now = useNow();
  const list = useRef<HTMLDivElement>(null);
  const [singleKeys] = useSingleKeys();
  const [asked, setAsked] = useState<{ what: Question; task: Task }>();
  const [opened, setOpened] = useState(false);
  const deeds = useTaskDeeds();
  const leave = useNextFocus(list, day);
  const close = () => setOpened(false);
  const ask = useCallback((what: Question, task: Task) => {
    setAsked({ what, task });
    setOpened(true);
  }, []);
  const rowDeeds: RowDeeds = {
    finish: leaving(deeds.finish),
    cancel: leaving(deeds.cancel),
    putOff: leaving(deeds.putOff),
    reopen: leaving(deeds.reopen),
    ...(me !== '' && { take: leaving((task: Task) => deeds.take(task, me)) }),
    ask,
  };
  /** What moves a task away leaves the focus at the next one. */
  function leaving<Rest extends unknown[]>(act: (task: Task, ...rest: Rest) => void) {
    return (task: Task, ...rest: Rest) => {
      close();
      leave(task.id);
      act(task, ...rest);
    };
  }
  const open = [...day.overdue, ...day.today, ...day.tomorrow, ...day.later, ...day.undated, ...day.forRole];
  const press = (key: string, id: string | undefined) => {
    const task = open.find((one) => one.id === id);
    if (key === 'n') onPlan();
    if (key === 'u') deeds.undo();
    if (task !== undefined && key === 'c') ask('finish', task);
    if (task !== undefined && key === 'h') ask('handOver', task);
  };
  useDayKeys(list, singleKeys, press);
  const rows = (tasks: Task[], free = false) =>
    tasks.map((task) => <TaskRow key={task.id} task={task} deeds={rowDeeds} free={free} />);
  const nothingPresses = day.overdue.length + day.today.length === 0;
  return (
    <div ref={list} className="day">
      <TaskSection name="overdue" count={day.overdue.length}>
        {rows(day.overdue)}
      </TaskSection>
      <TaskSection name="today" count={day.today.length}>
        {rows(day.today)}
      </TaskSection>
      {nothingPresses && <AllDone day={day} mine={mine} onPlan={onPlan} />}
      <TaskSection name="forRole" count={day.forRole.length}>
        {rows(day.forRole, true)}
      </TaskSection>
      <TaskSection name="tomorrow" count={day.tomorrow.length}>
        {rows(day.tomorrow)}
      </TaskSection>
      <TaskSection name="later" count={day.later.length}>
        {rows(day.later)}
      </TaskSection>
      <TaskSection name="undated" count={day.undated.length}>
        {rows(day.undated)}
      </TaskSection>
      <TaskSection name="doneToday" count={day.doneToday.length}>
        {day.doneToday.map((task) => (
          <DoneRow key={task.id} task={task} onReopen={() => rowDeeds.reopen(task)} />
        ))}
      </TaskSection>
      {asked && (
        <Dialogs
          key={`${asked.what} ${asked.task.id}`}
          asked={asked}
          opened={opened}
          onClose={close}
          suggested={tomorrowMorning(now)}
          finish={rowDeeds.finish}
          putOff={rowDeeds.putOff}
          handOver={leaving(deeds.handOver)}
        />
      )}
    </div>
  );
}

interface DialogProps extends Pick<RowDeeds, 'finish' | 'putOff'> {
  asked: { what: Question; task: Task };
  opened: boolean;
  onClose: () => void;
  suggested: number;
  handOver: (task: Task, user: string) => void;
}

function Dialogs({ asked: { what, task }, opened, onClose, suggested, finish, putOff, handOver }: DialogProps) {
  const shared = { task, opened, onClose };
  switch (what) {
    case 'finish':
      return <FinishDialog {...shared} onFinish={(how) => finish(task, how)} />;
    case 'time':
      return <TimeDialog {...shared} suggested={suggested} onChoose={(due) => putOff(task, due)} />;
    case 'handOver':
      return <HandOverDialog {...shared} onChoose={(user) => handOver(task, user)} />;
  }
}
