import { describe, expect, it } from 'vitest';
import { emptyLibrary } from '../../../engine/library.ts';
import { processSchema } from '../../../engine/schema/index.ts';
import { scenario } from '../../../engine/schema/process.ts';
import { checkRun } from '../../../engine/simulate/check.ts';
import { simulate } from '../../../engine/simulate/simulate.ts';

const process = processSchema.parse({
  kind: 'process',
  key: 'calls',
  name: 'Calls',
  triggers: [{ on: 'event', event: 'lead.created' }],
  steps: [
    {
      id: 'call',
      type: 'create-task',
      title: 'Call',
      assignee: { role: 'sales' },
      due: 'PT2H',
      outcomes: [{ key: 'reached', name: 'Reached' }],
    },
    {
      id: 'called',
      type: 'wait-for-task',
      task: 'call',
      outcomes: ['reached'],
      within: 'P1D',
      next: { reached: 'yes', done: 'no', cancelled: 'no', timeout: 'no' },
    },
    { id: 'yes', type: 'end', outcome: 'reached' },
    { id: 'no', type: 'end', outcome: 'unreached' },
  ],
});

function problems(events: object[], expected: object): string[] {
  const told = scenario.parse({
    name: 's',
    events: [{ at: 'PT0S', event: 'lead.created' }, ...events],
    expect: expected,
  });
  return checkRun(simulate(process, emptyLibrary(), told), told);
}

describe('Scenarios', () => {
  it('close the tasks of their steps', () => {
    const done = { at: 'PT1H', event: 'task.done', of: 'call', data: { outcome: 'reached' } };
    expect(problems([done], { outcome: 'reached', tasks: [{ step: 'call' }] })).toEqual([]);
    expect(problems([{ ...done, data: {} }], { outcome: 'unreached' })).toEqual([]);
    expect(problems([{ ...done, event: 'task.cancelled', data: {} }], { outcome: 'unreached' })).toEqual([]);
    expect(problems([], { outcome: 'unreached', steps: ['call', 'called', 'no'] })).toEqual([]);
  });

  it('say what no task lets be done to it', () => {
    const wrong = { at: 'PT1H', event: 'task.done', of: 'call', data: { outcome: 'lost' } };
    expect(problems([wrong], {})).toEqual(['task.done: the task of step "call" has no outcome "lost"']);
    const twice = ['PT1H', 'PT2H'].map((at) => ({ at, event: 'task.done', of: 'call' }));
    expect(problems(twice, {})).toEqual(['task.done: the task of step "call" is done']);
    expect(problems([{ at: 'PT1H', event: 'task.done', of: 'yes' }], {})).toEqual([
      'task.done is about a task of step "yes", which had not made one',
    ]);
  });
});
