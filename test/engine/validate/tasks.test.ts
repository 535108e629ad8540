import { expect, it } from 'vitest';
import { validateDefinition } from '../../../engine/validate/validate.ts';
import { draft, smallLibrary } from './library.ts';

const call = {
  id: 'call',
  type: 'create-task',
  title: 'Call',
  assignee: { owner: true },
  outcomes: [
    { key: 'reached', name: 'Reached' },
    { key: 'no-answer', name: 'No answer' },
  ],
};
const pause = { id: 'pause', type: 'wait', for: 'PT1H' };

function lines(...steps: object[]): string[] {
  const given = { events: [{ at: 'PT0S', event: 'lead.created' }], expect: {} };
  const { problems } = validateDefinition(draft({ steps, scenarios: [{ name: 's', ...given }] }), smallLibrary());
  return problems.map(({ path, code, severity, suggestion = '' }) =>
    `${severity} ${path} ${code} ${suggestion}`.trim(),
  );
}

it('A wait for a task names a step that makes one, and outcomes that it offers', () => {
  const waitFor = (more: object) => ({ id: 'called', type: 'wait-for-task', task: 'call', ...more });
  expect(lines(call, waitFor({ outcomes: ['reached'] }))).toEqual([]);
  expect(lines(call, waitFor({ outcomes: ['reachd'] }))).toEqual([
    'error steps[1].outcomes[0] unknown-outcome reached',
  ]);
  expect(lines({ ...call, outcomes: undefined }, waitFor({ outcomes: ['reached'] }))).toEqual([
    'error steps[1].outcomes[0] unknown-outcome',
  ]);
  expect(lines(pause, waitFor({ task: 'pause' }))).toEqual(['error steps[1].task wrong-value']);
  expect(lines(call, waitFor({}), waitFor({ id: 'again', task: 'cal' }))).toEqual([
    'error steps[2].task unknown-step call',
  ]);
  expect(lines(call, waitFor({ next: { reached: 'call' } }))).toEqual(['error steps[1].next.reached unknown-exit']);
});

it('Outcomes that nothing waits for are probably not meant', () => {
  expect(lines(call, pause)).toEqual(['warning steps[0].outcomes unread-outcomes']);
});
