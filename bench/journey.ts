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
    { id: 'first', type: 'notify-user', to: { user: 'anna' }, text: 'First' },
    { id: 'pause', type: 'wait', for: `PT${timerMs / 1_000}S` },
    { id: 'second', type: 'notify-user', to: { user: 'anna' }, text: 'Second' },
    { id: 'rest', type: 'wait', for: `PT${timerMs / 1_000}S` },
    { id: 'third', type: 'notify-user', to: { user: 'anna' }, text: 'Third' },
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
