import { z } from 'zod';
import { isObject } from '../json.ts';
import type { DomainEvent } from '../model/event.ts';
import { duration, key } from '../schema/common.ts';
import { taskEnds } from './create-task.ts';
import { deadlineAfter } from './deadline.ts';
import { defineStep, type Reaction, type Reference, type StepBase, type StepOf, type Visit } from './define.ts';
import { failure } from './failure.ts';

const params = {
  task: key.describe('A create-task step: the task that it made last.'),
  outcomes: z
    .array(key)
    .min(1)
    .optional()
    .describe('Outcomes of the task that have an exit of their own; every other one goes by `done`.'),
  within: duration.optional().describe('How long to wait; for ever without it. With `calendar` in open time.'),
  calendar: key.optional(),
};

type WaitForTask = Visit<StepOf<typeof params>>;

/** What ends the wait, and what takes an end back that came before it. */
const answers = ['task.done', 'task.cancelled'];
const heard = [...answers, 'task.reopened'];

/** Whether a step waits for a task. */
export function waitsForTask(step: StepBase): step is StepOf<typeof params> {
  return step.type === 'wait-for-task';
}

export const waitForTask = defineStep({
  type: 'wait-for-task',
  summary: 'Waits until a task that the process made is done or cancelled, or until its time is over.',
  group: 'people',
  params,
  check({ calendar, within, outcomes = [] }) {
    if (calendar !== undefined && within === undefined) {
      return { path: ['calendar'], message: '"calendar" says how "within" is counted: give "within" too' };
    }
    const twice = outcomes.findIndex((outcome, index) => outcomes.indexOf(outcome) < index);
    return twice < 0 ? null : { path: ['outcomes', twice], message: 'name each outcome once' };
  },
  exits: ({ outcomes = [] }) => [...outcomes, ...taskEnds],
  waits: true,
  early: () => heard,
  references({ task, calendar }): Reference[] {
    const found: Reference[] = heard.map((event) => ({ kind: 'event', key: event, path: ['task'] }));
    found.push({ kind: 'step', key: task, path: ['task'] });
    if (calendar !== undefined) found.push({ kind: 'calendar', key: calendar, path: ['calendar'] });
    return found;
  },
  enter(visit): Reaction {
    const { state, step } = visit;
    if (state.visits[step.task] === undefined) {
      const message = `The step "${step.task}" has made no task for this instance; skip this step or cancel the instance.`;
      return { do: 'fail', error: failure('TASK_NOT_MADE', message) };
    }
    const last = state.inbox.findLast((event) => heard.includes(event.name) && isOfTask(visit, event));
    if (last !== undefined && answers.includes(last.name)) return taken(visit, last, { early: true });
    const { task, within, calendar } = step;
    if (within === undefined) return { do: 'wait', until: null, detail: { task } };
    const deadline = deadlineAfter(visit, visit.at, within, calendar);
    if (!deadline.ok) return { do: 'fail', error: deadline.error };
    return { do: 'wait', until: deadline.at, detail: { task, within } };
  },
  on(visit, signal): Reaction {
    if (signal.type === 'due') return { do: 'leave', exit: 'timeout' };
    if (signal.type !== 'received' || !answers.includes(signal.event.name)) return { do: 'stay' };
    return isOfTask(visit, signal.event) ? taken(visit, signal.event, {}) : { do: 'stay' };
  },
});

function taken(
  { step: { outcomes = [] } }: WaitForTask,
  { id, name, data }: DomainEvent,
  more: { early?: true },
): Reaction {
  const { outcome = null } = data;
  const chosen = outcomes.find((one) => name === 'task.done' && one === outcome);
  const exit = chosen ?? (name === 'task.done' ? 'done' : 'cancelled');
  return { do: 'leave', exit, as: 'received', take: id, detail: { event: name, eventId: id, outcome, ...more } };
}

/** A task belongs to one visit of its step, so that no look at the time is needed. */
function isOfTask({ step, state }: WaitForTask, { data: { task } }: DomainEvent): boolean {
  const made = isObject(task) ? task.step : undefined;
  return (
    isObject(made) && made.instance === state.id && made.id === step.task && made.visit === state.visits[step.task]
  );
}
