import { processSchema } from '../engine/schema/index.ts';

/** Milliseconds that each timer of the journey takes. */
export const timerMs = 1_000;

/** The journey that is measured: three effects and two timers. */
export const journey = processSchema.parse({
  kind: 'process',
  key: 'bench-journey',
  name: 'Three effects and two timers',
  triggers: [{ on: 'api' }],
  entry: { reentry: 'always' },
  steps: [
    { id: 'first', type: 'create-task', title: 'First', assignee: { user: 'anna' } },
    { id: 'pause', type: 'wait', for: `PT${timerMs / 1_000}S` },
    { id: 'second', type: 'create-task', title: 'Second', assignee: { user: 'anna' } },
    { id: 'rest', type: 'wait', for: `PT${timerMs / 1_000}S` },
    { id: 'third', type: 'create-task', title: 'Third', assignee: { user: 'anna' } },
  ],
  scenarios: [
    {
      name: 'goes to its end',
      given: { contact: { email: 'anna@example.com' } },
      events: [{ at: 'PT0S', event: 'process.enrolled' }],
      expect: { outcome: 'completed' },
    },
  ],
});
