import { z } from 'zod';
import { channels } from '../model/contact.ts';
import { eventName, head, identifier, localized } from './common.ts';

const field = z.strictObject({
  name: identifier,
  label: localized,
  type: z.enum(['text', 'email', 'phone', 'number', 'choice', 'checkbox', 'textarea', 'date']),
  required: z.boolean().default(false),
  choices: z.array(z.string()).optional(),
  maxLength: z.int().min(1).max(5000).default(500),
  maps: z
    .string()
    .optional()
    .describe(
      'Field of the contact that it fills: a standard field, or `attributes.<name>`; without it only the event has it.',
    ),
});

/** A public form: what it asks, what it promises, what it starts. */
export const formSchema = z.strictObject({
  ...head,
  kind: z.literal('form'),
  fields: z.array(field).min(1),
  consents: z
    .array(z.strictObject({ channel: z.enum(channels), text: localized, required: z.boolean().default(false) }))
    .default([])
    .describe("Consent texts; ticking one grants marketing on its channel and keeps the text's version."),
  duplicates: z
    .enum(['fill-empty', 'overwrite'])
    .default('fill-empty')
    .describe("What a known contact's submission does to the fields that already have a value."),
  event: eventName
    .default('form.submitted')
    .describe('Name of the event that a submission makes (its data are the fields).'),
  thanks: localized.optional(),
});

export type Form = z.infer<typeof formSchema>;
