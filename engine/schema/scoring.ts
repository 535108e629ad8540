import { z } from 'zod';
import { condition, duration, eventName, head, key } from './common.ts';

/** Points for what a contact is (`fit`) and does (`engagement`). */
const rule = z.strictObject({
  id: key,
  axis: z.enum(['fit', 'engagement']),
  /** An engagement rule counts events; `when` narrows them. A fit rule without `event` holds while `when` holds. */
  event: eventName.optional(),
  when: condition.optional(),
  points: z.int().refine((points) => points !== 0, 'points of 0 change nothing'),
  /** At most `max` times per contact within any rolling `per` (for ever without `per`). */
  limit: z.strictObject({ max: z.int().min(1), per: duration.optional() }).optional(),
  /** Rules of one group share the group's cap. */
  group: key.optional(),
  /** The points halve every such period from the moment of the event; without it they stay. */
  halfLife: duration.optional(),
});

export const scoringSchema = z.strictObject({
  ...head,
  kind: z.literal('scoring'),
  rules: z.array(rule).min(1),
  /** The decayed sum of a group never counts for more than its cap. */
  groups: z.record(key, z.strictObject({ cap: z.int().min(1) })).default({}),
  /** A contact is `hot` from this total up, else `warm` from that, else `cold`. */
  classes: z
    .strictObject({ warm: z.int(), hot: z.int() })
    .refine((classes) => classes.hot > classes.warm, { path: ['hot'], error: 'hot must start above warm' }),
});

export type Scoring = z.infer<typeof scoringSchema>;
export type ScoringRule = Scoring['rules'][number];
