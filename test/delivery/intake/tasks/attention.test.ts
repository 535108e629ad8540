import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Intake } from '../../../../store/models/intake.ts';
import { saveUser } from '../../../../store/users.ts';
import { start } from '../bench.ts';
import { Todo } from './todo.ts';

const hour = 3_600_000;
let todo: Todo;

beforeAll(async () => {
  todo = await Todo.open();
});
afterAll(async () => await todo.bench.close());
beforeEach(async () => await todo.clear());

const timed = { due: start + 2 * hour, remindAt: start + hour };

describe('a task whose time comes', () => {
  it('is told to whoever has it, first the reminder and then the deadline, each when it was due', async () => {
    const task = await todo.gives(timed);
    await todo.sweeps(start + hour - 1);
    expect(await todo.notices()).toEqual([]);
    await todo.sweeps(start + hour + 3_000);
    await todo.sweeps(start + 2 * hour);
    expect((await todo.told(task)).slice(1)).toMatchObject([
      { name: 'task.reminded', occurredAt: new Date(start + hour), source: 'schedule', data: { by: 'system' } },
      { name: 'task.overdue', occurredAt: new Date(start + 2 * hour), data: { deal: { id: task.subject.id } } },
    ]);
    expect(await todo.notices()).toMatchObject([
      { user: 'anna', task: task._id, text: { en: 'Reminder: Call back', ru: 'Напоминание: Call back' } },
      { user: 'anna', task: task._id, text: { en: 'Overdue: Call back', ru: 'Просрочено: Call back' } },
    ]);
    const after = await todo.task(task._id);
    expect(after).toMatchObject({ overdueAt: new Date(start + 2 * hour), remindedAt: new Date(start + hour) });
    expect(after.attentionAt).toBeUndefined();
    // That a time comes is nothing that anybody did.
    expect(await todo.deal(task.subject.id)).toMatchObject({ activityAt: new Date(start) });
  });

  it('is told once, however often and at how many places it is swept, and whatever is killed on the way', async () => {
    const task = await todo.gives(timed);
    // A sweep whose process is killed before anything of it is applied, and others beside it.
    await todo.accepts(start + hour);
    await Promise.all([1, 2, 3].map((n) => todo.accepts(start + hour + n)));
    const consumers = [todo.bench.consumer(), todo.bench.consumer()];
    await Promise.all([...consumers.map((consumer) => consumer.drain()), todo.accepts(start + hour + 4)]);
    await todo.sweeps(start + hour + 5);
    expect(await todo.later(task)).toEqual(['task.reminded']);
    // What was done is forgotten with age: the state of the task is enough.
    await Intake.collection.deleteMany({});
    await todo.sweeps(start + hour + 6);
    await Promise.all([0, 1, 2].map((n) => todo.accepts(start + 3 * hour + n)));
    await Intake.collection.deleteMany({});
    for (const n of [1, 2, 3]) await todo.sweeps(start + 3 * hour + n);
    expect(await todo.later(task)).toEqual(['task.reminded', 'task.overdue']);
    expect(await todo.notices()).toHaveLength(2);
    expect(todo.bench.errors).toEqual([]);
  });

  it('is told late where nobody swept: only that the deadline passed', async () => {
    const task = await todo.gives(timed);
    await todo.sweeps(start + 5 * hour);
    await todo.sweeps(start + 6 * hour);
    expect((await todo.told(task)).slice(1)).toMatchObject([{ name: 'task.overdue' }]);
  });

  it('is not told once it is closed or its times were moved, even if the look was accepted before', async () => {
    const [closed, moved] = [await todo.gives(timed), await todo.gives(timed)];
    await todo.accepts(start + 2 * hour);
    // Accepted later, but of an earlier time: they are applied first.
    const by = 'user:anna';
    const deeds: object[] = [
      { do: 'done', by, taskId: closed._id },
      { do: 'change', by, taskId: moved._id, set: { due: start + 9 * hour } },
    ];
    const items = deeds.map((body): ['task', object] => ['task', body]);
    expect(await todo.apply(items, start + hour)).toMatchObject({ problems: [] });
    await todo.sweeps(start + 3 * hour);
    expect(await todo.later(closed)).toEqual(['task.done']);
    expect(await todo.later(moved)).toEqual(['task.changed']);
    // The reminder keeps its distance.
    expect(await todo.task(moved._id)).toMatchObject({ remindAt: new Date(start + 8 * hour) });
    await todo.sweeps(start + 8 * hour);
    await todo.sweeps(start + 9 * hour);
    expect(await todo.later(moved)).toEqual(['task.changed', 'task.reminded', 'task.overdue']);
  });

  it('is told anew for a new deadline, and when it is reopened', async () => {
    const task = await todo.gives({ due: start + hour });
    await todo.sweeps(start + hour);
    await todo.doesTo(task, { do: 'change', set: { due: start + 3 * hour } }, start + 2 * hour);
    await todo.sweeps(start + 3 * hour);
    await todo.doesTo(task, { do: 'done' }, start + 4 * hour);
    await todo.sweeps(start + 5 * hour);
    await todo.doesTo(task, { do: 'reopen' }, start + 6 * hour);
    await todo.sweeps(start + 7 * hour);
    expect(await todo.later(task)).toEqual([
      ...['task.overdue', 'task.changed', 'task.overdue', 'task.done', 'task.reopened', 'task.overdue'],
    ]);
    expect((await todo.told(task)).at(-1)).toMatchObject({ occurredAt: new Date(start + 6 * hour) });
  });

  it('of a role is told to all who have it, to the deputies of those who are away, and to nobody where there is nobody', async () => {
    const seller = { role: 'sales', language: 'en' as const, active: true };
    const away = [{ from: new Date(start), until: new Date(start + 9 * hour), deputy: 'hanna' }];
    await saveUser({ ...seller, _id: 'boris', name: 'Boris', absences: away });
    await saveUser({ ...seller, _id: 'carl', name: 'Carl', active: false });
    await todo.gives({ assignee: undefined, role: 'sales', due: start + hour });
    const nobodys = await todo.gives({ assignee: undefined, due: start + hour });
    await todo.sweeps(start + hour);
    expect((await todo.notices()).map(({ user }) => user).sort()).toEqual(['anna', 'hanna']);
    expect(await todo.later(nobodys)).toEqual(['task.overdue']);
  });
});
