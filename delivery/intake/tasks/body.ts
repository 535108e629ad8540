import { z } from 'zod';
import { key } from '../../../engine/schema/common.ts';
import { actor } from '../actor.ts';

const text = (most: number) =>
  z.union([z.string().max(most), z.strictObject({ en: z.string().max(most), ru: z.string().max(most) })]);
const title = text(500);
const description = text(20_000);
/** Virtual epoch ms. */
const instant = z.int();

/** The results among which whoever does a task chooses. */
export const taskOutcomes = z
  .array(z.strictObject({ key, name: text(200) }))
  .min(1)
  .max(20)
  .refine((outcomes) => new Set(outcomes.map(({ key }) => key)).size === outcomes.length, 'each key only once');

/** Fields that people and programs may set; `null` clears. */
const taskFields = z.strictObject({
  title: title.optional(),
  description: description.nullable().optional(),
  assignee: key.nullable().optional(),
  role: key.nullable().optional(),
  due: instant.nullable().optional(),
  remindAt: instant.nullable().optional(),
});
export type TaskFields = z.infer<typeof taskFields>;

const comment = z.string().max(20_000).optional();
const known = { taskId: z.string().max(64), by: actor };

/** What is done to a task. What it is about is named by one of `contactId`, `dealId` and `ticketId`. */
export const taskBody = z.discriminatedUnion('do', [
  z
    .strictObject({
      do: z.literal('open'),
      by: actor,
      contactId: z.string().max(64).optional(),
      dealId: z.string().max(64).optional(),
      ticketId: z.string().max(64).optional(),
      title,
      description: description.optional(),
      assignee: key.optional(),
      role: key.optional(),
      due: instant.optional(),
      remindAt: instant.optional(),
      outcomes: taskOutcomes.optional(),
      /** The process and the visit of its step that make it. */
      process: z.string().optional(),
      step: z.strictObject({ instance: z.string(), id: z.string(), visit: z.int() }).optional(),
    })
    .refine(
      ({ contactId, dealId, ticketId }) => [contactId, dealId, ticketId].filter((id) => id !== undefined).length === 1,
      'give one of contactId, dealId and ticketId',
    ),
  z.strictObject({ ...known, do: z.literal('change'), set: taskFields }),
  z.strictObject({ ...known, do: z.literal('done'), outcome: key.optional(), comment }),
  z.strictObject({ ...known, do: z.literal('cancel'), comment }),
  z.strictObject({ ...known, do: z.literal('reopen'), comment }),
  /** The time has come at which it is to be looked at: a reminder, or its deadline. */
  z.strictObject({ ...known, do: z.literal('attend'), occurredAt: instant }),
]);
export type TaskBody = z.infer<typeof taskBody>;
