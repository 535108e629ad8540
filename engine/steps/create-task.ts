import { duration, key, localized } from '../schema/common.ts';
import { deadlineAfter } from './deadline.ts';
import { defineStep, type Reaction, type Reference } from './define.ts';
import { assignee, assigneeReferences } from './people.ts';
import { fillLocalized, piecesIn } from './text.ts';

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
  },
  check({ calendar, due }) {
    if (calendar === undefined || due !== undefined) return null;
    return { path: ['calendar'], message: '"calendar" says how "due" is counted: give "due" too' };
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
      process: process.key,
    };
    return { do: 'perform', effect: { name: 'create-task', item }, detail: { due: item.due, read: title.read } };
  },
});
