import { z } from 'zod';
import { condition, duration, eventName, head, key } from './common.ts';

/** Points for what a contact is (`fit`) and does (`engagement`). */
const rule = z.strictObject({
  id: key,
  axis: z.enum(['fit', 'engagement']),
  event: eventName
    .optional()
    .describe(
      'An engagement rule counts events; `when` narrows them. A fit rule without `event` holds while `when` holds.',
    ),
  when: condition.optional(),
  points: z.int().refine((points) => points !== 0, 'points of 0 change nothing'),
  limit: z
    .strictObject({ max: z.int().min(1), per: duration.optional() })
    .optional()
    .describe('At most `max` times per contact within any rolling `per` (for ever without `per`).'),
  group: key.optional().describe("Rules of one group share the group's cap."),
  halfLife: duration
    .optional()
    .describe('The points halve every such period from the moment of the event; without it they stay.'),
});

export const scoringSchema = z.strictObject({
  ...head,
  kind: z.literal('scoring'),
  rules: z.array(rule).min(1),
  groups: z
    .record(key, z.strictObject({ cap: z.int().min(1) }))
    .default({})
    .describe('The decayed sum of a group never counts for more than its cap.'),
  classes: z
    .strictObject({ warm: z.int(), hot: z.int() })
    .refine((classes) => classes.hot > classes.warm, { path: ['hot'], error: 'hot must start above warm' })
    .describe('A contact is `hot` from this total up, else `warm` from that, else `cold`.'),
});

export type Scoring = z.infer<typeof scoringSchema>;
export type ScoringRule = Scoring['rules'][number];
