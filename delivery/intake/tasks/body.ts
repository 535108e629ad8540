import { z } from 'zod';
import { key } from '../../../engine/schema/common.ts';
import { actor } from '../actor.ts';

const text = (most: number) =>
  z.union([z.string().max(most), z.strictObject({ en: z.string().max(most), ru: z.string().max(most) })]);

/** How titles, descriptions and instants are written: people write one language and ISO 8601. */
interface Writing<T extends z.ZodType, D extends z.ZodType, I extends z.ZodType> {
  title: T;
  description: D;
  instant: I;
}

/** Inside, texts may be in both languages, and instants are virtual epoch ms. */
const stored = { title: text(500), description: text(20_000), instant: z.int() };

/** The results among which whoever does a task chooses. */
const taskOutcomes = z
  .array(z.strictObject({ key, name: text(200) }))
  .min(1)
  .max(20)
  .refine((outcomes) => new Set(outcomes.map(({ key }) => key)).size === outcomes.length, 'each key only once');

/** A task that is to be made, about the one thing of which it gives the id. */
export function newTask<T extends z.ZodType, D extends z.ZodType, I extends z.ZodType>(writing: Writing<T, D, I>) {
  const { title, description, instant } = writing;
  return z
    .strictObject({
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
    })
    .refine(
      ({ contactId, dealId, ticketId }) => [contactId, dealId, ticketId].filter((id) => id !== undefined).length === 1,
      'say what it is about: give one of contactId, dealId and ticketId',
    );
}

/** Fields that people and programs may set; `null` clears. */
export function taskFields<T extends z.ZodType, D extends z.ZodType, I extends z.ZodType>(writing: Writing<T, D, I>) {
  const { title, description, instant } = writing;
  return z.strictObject({
    title: title.optional(),
    description: description.nullable().optional(),
    assignee: key.nullable().optional(),
    role: key.nullable().optional(),
    due: instant.nullable().optional(),
    remindAt: instant.nullable().optional().describe('default: as long before the deadline as it was'),
  });
}
const storedFields = taskFields(stored);
export type TaskFields = z.infer<typeof storedFields>;

const comment = z.string().max(20_000).optional();
const known = { taskId: z.string().max(64), by: actor };

/** What is done to a task. */
export const taskBody = z.discriminatedUnion('do', [
  newTask(stored).safeExtend({
    do: z.literal('open'),
    by: actor,
    /** The process and the visit of its step that make it. */
    process: z.string().optional(),
    step: z.strictObject({ instance: z.string(), id: z.string(), visit: z.int() }).optional(),
  }),
  z.strictObject({ ...known, do: z.literal('change'), set: storedFields }),
  z.strictObject({ ...known, do: z.literal('done'), outcome: key.optional(), comment }),
  z.strictObject({ ...known, do: z.literal('cancel'), comment }),
  z.strictObject({ ...known, do: z.literal('reopen'), comment }),
  /** The time has come at which it is to be looked at: a reminder, or its deadline. */
  z.strictObject({ ...known, do: z.literal('attend'), occurredAt: stored.instant }),
]);
export type TaskBody = z.infer<typeof taskBody>;
