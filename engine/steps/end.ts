import { key } from '../schema/common.ts';
import { defineStep } from './define.ts';

export const end = defineStep({
  type: 'end',
  summary: 'Ends the instance with an outcome, wherever it stands.',
  group: 'flow',
  params: { outcome: key.default('completed') },
  exits: () => [],
  enter: ({ step }) => ({ do: 'end', outcome: step.outcome }),
});
