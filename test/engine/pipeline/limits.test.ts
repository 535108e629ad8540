import { expect, it } from 'vitest';
import { stageLimits } from '../../../engine/pipeline/limits.ts';
import { calendarSchema } from '../../../engine/schema/calendar.ts';
import type { Stage } from '../../../engine/schema/index.ts';
import { monday, pipeline } from './sales.ts';

const hour = 3_600_000;
const day = 24 * hour;
const office = calendarSchema.parse({
  kind: 'calendar',
  key: 'office',
  name: 'Office',
  timezone: 'UTC',
  hours: { mon: [{ from: '09:00', to: '18:00' }], tue: [{ from: '09:00', to: '18:00' }] },
});
const scene = { calendars: { office }, zone: 'Europe/Berlin' };
const fresh = { stageSince: monday, activityAt: monday, openTasks: 0 };

function stage(parts: object): Stage {
  const [made] = pipeline({ stages: [{ key: 'new', name: 'New', ...parts }] }).stages;
  if (made === undefined) throw new Error('no stage');
  return made;
}

const tell = { id: 'tell', type: 'notify-user', to: { role: 'head' }, text: 'Look' };
const limited = (within: string, calendar?: string) => ({ within, steps: [tell], ...(calendar && { calendar }) });

it('limits nothing where the stage does not', () => {
  expect(stageLimits(stage({}), fresh, scene)).toEqual({});
});

it('counts days of the clock in the local time of the zone, over the change to summer time', () => {
  const { due, idle } = stageLimits(stage({ deadline: limited('P28D'), idle: limited('PT48H') }), fresh, scene);
  expect(due).toBe(monday + 28 * day - hour);
  expect(idle).toBe(monday + 2 * day);
});

it('counts the deadline in open time of its calendar, and moves the idle limit to the next opening', () => {
  const { due, idle } = stageLimits(
    stage({ deadline: limited('PT12H', 'office'), idle: limited('P2D', 'office') }),
    { ...fresh, activityAt: monday + hour },
    scene,
  );
  expect(due).toBe(monday + day + 3 * hour);
  expect(idle).toBe(monday + 7 * day);
});

it('has no idle limit while a task is open', () => {
  expect(stageLimits(stage({ idle: limited('P2D') }), { ...fresh, openTasks: 1 }, scene)).toEqual({});
});
