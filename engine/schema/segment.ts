import { z } from 'zod';
import { condition, duration, eventName, head, identifier } from './common.ts';

/** A live group of contacts. Without `when` its members are those whom processes or people add. */
export const segmentSchema = z.strictObject({
  ...head,
  kind: z.literal('segment'),
  /** CEL over `contact`, `now` and `stats` (the aggregates below). */
  when: condition.optional(),
  /** Numbers counted from the contact's events: `stats.<name>`. */
  aggregates: z
    .record(
      identifier,
      z.strictObject({
        event: eventName,
        of: z.enum(['count', 'sum', 'last']),
        /** Field of the event's data to add up (`sum`). */
        field: identifier.optional(),
        /** Only events within this period before now. */
        within: duration.optional(),
      }),
    )
    .default({}),
});

export type Segment = z.infer<typeof segmentSchema>;
