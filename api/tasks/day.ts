import { dayMs } from '../../engine/time/offset.ts';
import { atLocal, isoDate, toLocal } from '../../engine/time/zone.ts';
import type { TaskDoc } from '../../store/models/task.ts';
import type { UserDoc } from '../../store/models/user.ts';
import { tasksDoneBy, tasksForRole, tasksOf } from '../../store/tasks.ts';
import { showTasks } from './show.ts';

/**
 * What somebody has before them on the day of an instant in a zone, the earliest due first.
 * @param now virtual epoch ms
 */
export async function dayOf({ _id: user, role }: Pick<UserDoc, '_id' | 'role'>, zone: string, now: number) {
  const [today, tomorrow, after] = [0, 1, 2].map((days) => isoDate(toLocal(now, zone) + days * dayMs));
  const begins = (date = '') => atLocal(date, '00:00', zone);
  const [own, forRole, done] = await Promise.all([
    tasksOf(user),
    tasksForRole(role),
    tasksDoneBy(user, new Date(begins(today))),
  ]);
  const dueIn = (from: number, until: number): TaskDoc[] =>
    own.filter(({ due }) => due !== undefined && from <= due.getTime() && due.getTime() < until);
  const lists = {
    overdue: dueIn(Number.NEGATIVE_INFINITY, now),
    today: dueIn(now, begins(tomorrow)),
    tomorrow: dueIn(begins(tomorrow), begins(after)),
    later: dueIn(begins(after), Number.POSITIVE_INFINITY),
    undated: own.filter(({ due }) => due === undefined),
    forRole,
    doneToday: done,
  };
  const shown = await showTasks(Object.values(lists).flat());
  const byId = new Map(shown.map((task) => [task.id, task]));
  const answers = Object.entries(lists).map(([name, docs]) => [name, docs.flatMap(({ _id }) => byId.get(_id) ?? [])]);
  return { user, date: today, ...Object.fromEntries(answers) };
}
