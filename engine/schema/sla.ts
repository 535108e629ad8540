import { z } from 'zod';
import { ticketPriorities, ticketStatuses } from '../model/ticket.ts';
import type { StepListSchema } from '../steps/define.ts';
import { condition, duration, head, key } from './common.ts';

export const slaTargets = ['first-response', 'next-response', 'resolution'] as const;
export type SlaTarget = (typeof slaTargets)[number];

const status = z.enum(ticketStatuses);

const goals = z
  .partialRecord(z.enum(ticketPriorities), duration)
  .describe('Open time by priority; a priority that is not named has no such target.');

/** `75%` of the target's time, `100%` (the breach), or so much open time after the breach. */
const point = z
  .string()
  .regex(/^(\d{1,3}%|\+P.+)$/, 'write a share such as "75%", "100%" for the breach, or time after it such as "+PT1H"')
  .meta({ title: 'point' });

const scenario = z.strictObject({
  name: z.string(),
  given: z
    .strictObject({
      ticket: z.record(z.string(), z.json()).default({}),
      contact: z.record(z.string(), z.json()).default({}),
      now: z.iso.datetime({ offset: true }).optional().describe('When the ticket comes; default 2026-03-02T09:00:00Z.'),
    })
    .prefault({}),
  events: z
    .array(
      z.strictObject({
        at: duration,
        event: z.string().describe('A `ticket.*` event, e.g. `ticket.agent-replied`.'),
        set: z.record(z.string(), z.json()).optional().describe('Fields of the ticket that change with it.'),
      }),
    )
    .default([])
    .describe(
      'What happens after the creation; `at` counts from it. Answers, `ticket.resolved`, `closed`, `reopened` and `merged` set the status as they do in life.',
    ),
  until: duration.optional().describe('How long to watch after the creation; default 30 days.'),
  expect: z.strictObject({
    met: z.array(z.enum(slaTargets)).optional(),
    breached: z.array(z.strictObject({ target: z.enum(slaTargets), after: duration.optional() })).optional(),
    escalated: z
      .array(z.strictObject({ id: key, after: duration.optional() }))
      .optional()
      .describe('In order.'),
    due: z.partialRecord(z.enum(slaTargets), z.iso.datetime({ offset: true })).optional(),
  }),
});

/** What a policy promises, and what happens when it is about to be broken. */
export function slaSchema<S extends StepListSchema>(steps: S) {
  const escalation = z.strictObject({
    id: key.describe('Unique in the policy.'),
    target: z.enum(slaTargets),
    at: point,
    repeat: z
      .strictObject({ every: duration, times: z.int().min(1).max(100) })
      .optional()
      .describe('Again after so much open time, so many more times, while the target is not met.'),
    steps,
  });
  return z.strictObject({
    ...head,
    kind: z.literal('sla'),
    order: z.int().min(0).max(1_000_000).describe('The matching policy with the smallest order holds.'),
    when: condition.optional().describe('CEL over `ticket`, `contact` and `now`; without it every ticket matches.'),
    calendar: key.optional().describe('Open hours that count; without it the clock never stands.'),
    targets: z.partialRecord(z.enum(slaTargets), goals),
    pausing: z
      .array(status)
      .default(['waiting', 'on-hold'])
      .describe('Statuses in which the resolution clock stands; answers to the customer are due nevertheless.'),
    reopening: z
      .enum(['continue', 'new'])
      .default('continue')
      .describe('A reopened ticket goes on with the consumed time, or begins a new resolution clock.'),
    escalations: z.array(escalation).default([]),
    scenarios: z.array(scenario).default([]).describe('Tests that travel with the policy.'),
  });
}

export type SlaScenario = z.infer<typeof scenario>;
