import { z } from 'zod';
import { purposes } from '../model/contact.ts';
import { condition, duration, eventName, head, key, zone } from './common.ts';

const trigger = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('event'), event: eventName, when: condition.optional() }),
  z.strictObject({
    on: z.literal('change'),
    field: z.string().describe('Path of the field, such as `contact.attributes.plan`.'),
    from: z.json().optional().describe('Only when it was this before.'),
    to: z.json().optional().describe('Only when it is this now.'),
    when: condition.optional(),
  }),
  z.strictObject({
    on: z.literal('segment'),
    segment: key,
    change: z.enum(['entered', 'left']).default('entered'),
    when: condition.optional(),
  }),
  z.strictObject({
    on: z.literal('schedule'),
    cron: z.string().describe('Minute, hour, day, month, weekday: `0 9 * * 1-5`.'),
    timezone: zone.optional(),
    segment: key,
    when: condition.optional(),
  }),
  z.strictObject({ on: z.literal('api') }),
  z.strictObject({ on: z.literal('process') }),
]);

const entry = z.strictObject({
  reentry: z
    .enum(['never', 'after-exit', 'always'])
    .default('after-exit')
    .describe('Whether a subject may come again: never, once it is out, or at any time.'),
  key: condition
    .optional()
    .describe('CEL over `event` and `contact`: with `always`, one active instance per subject and key.'),
  minInterval: duration.optional().describe('So long must pass since the start of the last entry.'),
  maxEntries: z.int().min(1).optional().describe('Entries of one subject, for ever.'),
  suppress: z.array(key).default([]).describe('Members of these segments are not let in.'),
});

/** A goal or an exit: an event, a condition on the subject, or both. */
const watch = z
  .strictObject({ event: eventName.optional(), when: condition.optional(), outcome: key })
  .refine(
    (watch) => watch.event !== undefined || watch.when !== undefined,
    'give an event, a condition in "when", or both',
  );

const settings = z.strictObject({
  purpose: z
    .enum(purposes)
    .default('marketing')
    .describe('Transactional messages pass caps, windows and marketing consent, never a hard suppression.'),
  priority: z.int().min(0).max(100).default(50).describe('Wins the last place under a cap; higher first.'),
  sendWindow: key.optional().describe('A window of the contact policy in which messages may leave.'),
  onCap: z
    .enum(['defer', 'drop'])
    .default('defer')
    .describe('What a message does when a cap is reached: wait for room, or be skipped.'),
  maxDefer: duration.optional().describe('Longest wait for room under a cap; default: the contact policy.'),
  timezone: z
    .union([z.literal('contact'), zone])
    .default('contact')
    .describe('`contact` (default), or one zone for everybody whose own is unknown.'),
  maxVisits: z
    .int()
    .min(1)
    .max(100_000)
    .default(1000)
    .describe('Bound on the visits of one step: a loop that runs away becomes an incident.'),
});

/** A person of the company in a scenario. */
export const scenarioUser = z.strictObject({
  key,
  role: z.string(),
  active: z.boolean().default(true),
  load: z.int().default(0),
  team: key.optional(),
  skills: z.array(key).default([]),
  capacity: z.int().min(0).optional(),
  calendar: key.optional(),
  absent: z
    .strictObject({
      from: duration.default('PT0S').describe('So long after the trigger.'),
      until: duration.optional().describe('For good without it.'),
      deputy: key.optional(),
    })
    .optional(),
});

/** A test that travels with a process or a routing. */
export const scenario = z.strictObject({
  name: z.string(),
  given: z
    .strictObject({
      contact: z.record(z.string(), z.json()).default({}),
      ticket: z.record(z.string(), z.json()).optional().describe('Of a process whose subject is a ticket.'),
      deal: z.record(z.string(), z.json()).optional().describe('Of a process whose subject is a deal.'),
      now: z.iso
        .datetime({ offset: true })
        .optional()
        .describe('When the trigger comes, ISO 8601 with a zone; default 2026-03-02T09:00:00Z, a Monday.'),
      users: z
        .array(scenarioUser)
        .default([])
        .describe('The people among whom owners and assignees are chosen; `load` is what they have open.'),
      http: z
        .record(z.string(), z.strictObject({ status: z.int(), body: z.json().optional() }))
        .default({})
        .describe('Answers of http-request steps by step id.'),
      sent: z
        .array(
          z.strictObject({
            channel: z.enum(['email', 'sms']),
            ago: duration,
            purpose: z.enum(purposes).default('marketing'),
          }),
        )
        .default([])
        .describe('Messages already handed over to the contact before the start, for caps: how long ago.'),
    })
    .prefault({}),
  events: z
    .array(
      z.strictObject({
        at: duration,
        event: eventName,
        data: z.record(z.string(), z.json()).default({}),
        of: key.optional(),
        contact: z
          .record(z.string(), z.json())
          .optional()
          .describe("Changes of the contact's fields that come with the event."),
        ticket: z.record(z.string(), z.json()).optional().describe("Changes of the ticket's fields that come with it."),
        deal: z
          .record(z.string(), z.json())
          .optional()
          .describe("Changes of the deal's fields that come with it; its `stage` too, `won` and `lost` among them."),
      }),
    )
    .min(1)
    .describe(
      "The first one is the trigger. `at` counts from it. `of` ties a `message.*` event to a step's latest message, a `task.*` event to its latest task, `approval.decision` (of a `user`) and `approval.decided` (of all who are asked) to its latest approval.",
    ),
  until: duration.optional().describe('How long to watch after the trigger; default a year.'),
  expect: z.strictObject({
    outcome: key.nullable().optional(),
    steps: z.array(key).optional().describe('Steps entered, in order.'),
    messages: z
      .array(
        z.strictObject({
          template: z.string(),
          after: duration.optional(),
          channel: z.enum(['email', 'sms']).optional(),
        }),
      )
      .optional(),
    skipped: z
      .array(z.strictObject({ step: key, reason: z.string().optional() }))
      .optional()
      .describe('Steps left by `skipped`, with the reason.'),
    contact: z.record(z.string(), z.json()).optional(),
    ticket: z.record(z.string(), z.json()).optional(),
    deal: z.record(z.string(), z.json()).optional(),
    tasks: z.array(z.strictObject({ step: key, after: duration.optional() })).optional(),
  }),
});

/** What all steps share; the step's own parameters follow its type. Containers nest their steps. */
export const stepHead = {
  id: key.describe('Unique in the whole process.'),
  name: head.name.optional(),
  next: z
    .union([key, z.record(z.string(), key)])
    .optional()
    .describe('Where to go on: one step, or one for each exit. Default: the following step.'),
  onError: key.optional().describe('Where to go when the step fails for good, in place of an incident.'),
};

/** The process without its steps: `engine/schema/index.ts` adds them from the step types. */
export const processHead = z.strictObject({
  ...head,
  kind: z.literal('process'),
  subject: z.enum(['contact', 'deal', 'ticket']).default('contact').describe('What goes through the process.'),
  triggers: z
    .array(trigger)
    .min(1)
    .describe('What lets a subject in, by `on`: event, change, segment, schedule, api or process.'),
  entry: entry.prefault({}),
  goals: z.array(watch).default([]).describe('What the process wants: it ends there, at whichever step it stands.'),
  exits: z.array(watch).default([]).describe('What ends it without success; looked at before the goals.'),
  settings: settings.prefault({}),
  scenarios: z.array(scenario).default([]).describe('Tests that travel with the definition.'),
});

export type Trigger = z.infer<typeof trigger>;
export type Watch = z.infer<typeof watch>;
export type Settings = z.infer<typeof settings>;
export type Scenario = z.infer<typeof scenario>;
