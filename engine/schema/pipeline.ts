import { z } from 'zod';
import { dealEnds } from '../model/deal.ts';
import type { StepListSchema } from '../steps/define.ts';
import { condition, currency, duration, eventName, head, key, localized } from './common.ts';
import { pipelineScenario } from './pipeline-scenario.ts';

const guard = z
  .strictObject({
    id: key.describe('Unique in the pipeline.'),
    fields: z
      .array(z.string())
      .min(1)
      .optional()
      .describe('Fields that must have a value, such as `deal.amount` or `contact.phone`.'),
    when: condition.optional().describe('CEL over `deal`, `contact` and `now`: must hold.'),
    roles: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('The user who moves must have one of them; what moves by itself or by a program has none.'),
    message: localized.describe('What people are told who are not let through.'),
  })
  .refine(
    ({ fields, when, roles }) => fields !== undefined || when !== undefined || roles !== undefined,
    'give "fields", a condition in "when", or "roles"',
  );

const guards = z.array(guard).default([]);

const move = z
  .strictObject({
    id: key.describe('Unique in the pipeline.'),
    from: z.array(key).min(1).optional().describe('Stages; default: every stage before `to`, for `lost` every stage.'),
    to: key.describe('A stage, `won` or `lost`.'),
    on: eventName.optional().describe('An event of the deal or its contact; without it every event is looked at.'),
    when: condition.optional().describe('CEL over `deal`, `contact`, `event` and `now`.'),
    reason: key.optional().describe('Of a move to `lost`: one of `lostReasons`.'),
  })
  .refine(
    ({ on, when }) => on !== undefined || when !== undefined,
    'give an event in "on", a condition in "when", or both',
  );

const stageKey = key.refine((name) => !dealEnds.some((end) => end === name), 'won and lost are ends, not stages');

/** The stages of deals: what lets them in, what moves them on, and what happens meanwhile. */
export function pipelineSchema<S extends StepListSchema>(steps: S) {
  const deadline = z.strictObject({
    within: duration.describe('So long after the deal came into the stage.'),
    calendar: key.optional().describe('Counts open time.'),
    steps,
  });
  const idle = z.strictObject({
    within: duration.describe('So long after the last activity, and again while nothing happens.'),
    calendar: key.optional().describe('What falls into its closed time comes at the next opening.'),
    steps,
  });
  const stage = z.strictObject({
    key: stageKey,
    name: localized,
    guards: guards.describe('All must hold for a deal that comes into the stage or goes on past it.'),
    enter: steps.optional().describe('Steps when a deal comes in; they end when it leaves.'),
    leave: steps.optional().describe('Steps when a deal leaves, wherever it goes.'),
    deadline: deadline.optional(),
    idle: idle.optional().describe('An open task of the deal suspends it.'),
  });
  return z.strictObject({
    ...head,
    kind: z.literal('pipeline'),
    currency: currency.default('RUB').describe('Of deals that do not say.'),
    stages: z.array(stage).min(1).describe('In the order in which deals go through them.'),
    won: z.strictObject({ guards }).prefault({}),
    lost: z.strictObject({ guards }).prefault({}),
    moves: z
      .array(move)
      .default([])
      .describe('What moves deals by itself; of several the first that holds and is let through.'),
    lostReasons: z
      .array(z.strictObject({ key, name: localized }))
      .default([])
      .describe('One of them must be given where there are any.'),
    scenarios: z.array(pipelineScenario).default([]).describe('Tests that travel with the pipeline.'),
  });
}

export type Guard = z.infer<typeof guard>;
export type PipelineMove = z.infer<typeof move>;
