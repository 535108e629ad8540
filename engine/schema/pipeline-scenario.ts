import { z } from 'zod';
import { duration, eventName, key } from './common.ts';
import { scenarioUser } from './process.ts';

/** A test that travels with a pipeline: what happens to a deal, and where it comes. */
export const pipelineScenario = z.strictObject({
  name: z.string(),
  given: z
    .strictObject({
      deal: z.record(z.string(), z.json()).default({}),
      contact: z.record(z.string(), z.json()).default({}),
      now: z.iso
        .datetime({ offset: true })
        .optional()
        .describe('When the deal is opened; default 2026-03-02T09:00:00Z, a Monday.'),
      users: z.array(scenarioUser).default([]).describe('The people among whom owners are chosen.'),
    })
    .prefault({}),
  events: z
    .array(
      z
        .strictObject({
          at: duration,
          event: eventName.optional().describe('What happens, such as `payment.received`.'),
          data: z.record(z.string(), z.json()).default({}),
          of: key
            .optional()
            .describe(
              'The step whose latest task, or whose latest approval, a `task.*` or `approval.*` event is about.',
            ),
          deal: z.record(z.string(), z.json()).optional().describe("Changes of the deal's fields that come with it."),
          contact: z.record(z.string(), z.json()).optional().describe("The same of the contact's."),
          move: z
            .strictObject({ to: key, role: z.string().optional(), reason: key.optional() })
            .optional()
            .describe('Somebody with the role moves the deal.'),
        })
        .refine(
          ({ event, deal, contact, move }) => event ?? deal ?? contact ?? move,
          'say what happens: "event", "deal", "contact" or "move"',
        ),
    )
    .default([])
    .describe('What happens after the deal was opened; `at` counts from it.'),
  until: duration.optional().describe('How long to watch; default 90 days.'),
  expect: z.strictObject({
    stages: z
      .array(z.strictObject({ stage: key, after: duration.optional() }))
      .optional()
      .describe('Where the deal came, in order, `won` and `lost` too; without the stage in which it was opened.'),
    refused: z.array(key).optional().describe('Guards that let a move not through, in order.'),
    steps: z
      .array(z.strictObject({ step: key, after: duration.optional() }))
      .optional()
      .describe('Steps of stages that were entered, in order.'),
    deal: z.record(z.string(), z.json()).optional(),
  }),
});

export type PipelineScenario = z.infer<typeof pipelineScenario>;
