import { z } from 'zod';
import { condition, duration, eventName, head, identifier } from './common.ts';

/** A live group of contacts. Without `when` its members are those whom processes or people add. */
export const segmentSchema = z.strictObject({
  ...head,
  kind: z.literal('segment'),
  when: condition.optional().describe('CEL over `contact`, `now` and `stats` (the aggregates below).'),
  aggregates: z
    .record(
      identifier,
      z.strictObject({
        event: eventName,
        of: z.enum(['count', 'sum', 'last']),
        field: identifier.optional().describe("Field of the event's data to add up (`sum`)."),
        within: duration.optional().describe('Only events within this period before now.'),
      }),
    )
    .default({})
    .describe("Numbers counted from the contact's events: `stats.<name>`."),
});

export type Segment = z.infer<typeof segmentSchema>;
