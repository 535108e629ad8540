import { z } from 'zod';
import { condition, duration, head, key } from './common.ts';
import { scenario } from './process.ts';

const candidates = z
  .strictObject({
    users: z.array(key).min(1).optional(),
    role: key.optional(),
    team: key.optional(),
    skills: z.array(key).default([]).describe('All of them are needed.'),
  })
  .describe('Who may get it; what is given must all hold.');

const rule = z.strictObject({
  id: key,
  name: head.name.optional(),
  when: condition
    .optional()
    .describe('CEL over the subject (`ticket` or `contact`) and `now`; the first rule that holds counts.'),
  candidates,
  strategy: z
    .enum(['least-loaded', 'round-robin'])
    .default('least-loaded')
    .describe('Who has least open (tickets; or tasks and owned contacts), or who waited longest.'),
  capacity: z
    .int()
    .min(1)
    .optional()
    .describe('Nobody gets more open items than this; a person may have a smaller bound of their own.'),
  presence: z
    .enum(['working', 'any'])
    .default('working')
    .describe("`working`: only within the person's working hours; absent people never get anything."),
});

/** Who gets a ticket or a lead. */
export const routingSchema = z.strictObject({
  ...head,
  kind: z.literal('routing'),
  subject: z
    .enum(['ticket', 'contact'])
    .default('ticket')
    .describe('What is given out. Every new ticket without an assignee is routed; a contact by assign-owner.'),
  rules: z.array(rule).min(1),
  accept: z
    .strictObject({
      within: duration,
      calendar: key.optional().describe('By which the time is counted; without it nights and holidays count too.'),
      attempts: z.int().min(1).max(20).default(3).describe('So many people are asked in turn before nobody is left.'),
    })
    .optional()
    .describe('Accepted within so much open time, or it moves on to the next person.'),
  nobody: z
    .strictObject({
      queue: key.default('nobody').describe('The team that stands on what nobody can take.'),
      alert: z
        .array(z.union([z.strictObject({ user: key }), z.strictObject({ role: key })]))
        .default([])
        .describe('Who is told, once, when nobody is left.'),
      retry: duration.default('PT15M').describe('How often it is tried again; everybody may be asked anew then.'),
    })
    .prefault({}),
  scenarios: z.array(scenario).default([]).describe('Tests that travel with the definition, as those of a process.'),
});

export type Routing = z.infer<typeof routingSchema>;
export type RoutingRule = z.infer<typeof rule>;
