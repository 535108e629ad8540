import { z } from 'zod';
import { duration, key, localized } from '../schema/common.ts';
import { deadlineAfter, onTheClock } from './deadline.ts';
import { defineStep, type Reaction, type Reference, type StepBase } from './define.ts';
import { assignee, assigneeReferences } from './people.ts';
import { fillLocalized, piecesIn } from './text.ts';

/** Exits of wait-for-task that it always has: no outcome can be named so. */
export const taskEnds = ['done', 'cancelled', 'timeout'] as const;

const outcomes = z
  .array(z.strictObject({ key, name: localized }))
  .min(1)
  .max(20)
  .describe('The results among which whoever does it chooses; wait-for-task can have an exit for each.');

/** Whether a step makes a task, and which outcomes that offers. */
export function makesTask(step: StepBase): step is StepBase & { outcomes?: z.infer<typeof outcomes> } {
  return step.type === 'create-task';
}

export const createTask = defineStep({
  type: 'create-task',
  summary: 'Creates a task for a person, due after a duration or an open time of a calendar.',
  group: 'people',
  params: {
    title: localized.describe('May hold `{{cel}}` pieces, as the description may.'),
    description: localized.optional(),
    assignee,
    due: duration.optional(),
    calendar: key.optional(),
    remind: duration.optional().describe('So long before it is due whoever is to do it is reminded.'),
    outcomes: outcomes.optional(),
  },
  check({ calendar, due, remind, outcomes = [] }) {
    if (calendar !== undefined && due === undefined) {
      return { path: ['calendar'], message: '"calendar" says how "due" is counted: give "due" too' };
    }
    if (remind !== undefined && due === undefined) {
      return { path: ['remind'], message: '"remind" counts back from "due": give "due" too' };
    }
    const keys = outcomes.map(({ key }) => key);
    const wrong = keys.findIndex((key, index) => taskEnds.some((end) => end === key) || keys.indexOf(key) < index);
    if (wrong < 0) return null;
    const message = `name each outcome once, and none ${taskEnds.join(', ')}: wait-for-task has these exits anyway`;
    return { path: ['outcomes', wrong, 'key'], message };
  },
  exits: () => ['done'],
  effects: ['create-task'],
  references({ assignee, calendar }): Reference[] {
    const people = assigneeReferences(assignee, ['assignee']);
    return calendar === undefined ? people : [...people, { kind: 'calendar', key: calendar, path: ['calendar'] }];
  },
  expressions: ({ title, description }) => [...piecesIn(title, ['title']), ...piecesIn(description, ['description'])],
  enter(visit): Reaction {
    const { step, state, process } = visit;
    const title = fillLocalized(visit, step.title);
    if (!title.ok) return { do: 'fail', error: title.error };
    const description = step.description === undefined ? undefined : fillLocalized(visit, step.description);
    if (description?.ok === false) return { do: 'fail', error: description.error };
    const due = step.due === undefined ? undefined : deadlineAfter(visit, visit.at, step.due, step.calendar);
    if (due?.ok === false) return { do: 'fail', error: due.error };
    const item = {
      subject: state.subject,
      title: title.value,
      ...(description !== undefined && { description: description.value }),
      assignee: step.assignee,
      due: due?.at ?? null,
      ...(due !== undefined &&
        step.remind !== undefined && { remindAt: onTheClock(visit, due.at, `-${step.remind}`).at }),
      ...(step.outcomes !== undefined && { outcomes: step.outcomes }),
      process: process.key,
    };
    return { do: 'perform', effect: { name: 'create-task', item }, detail: { due: item.due, read: title.read } };
  },
});
