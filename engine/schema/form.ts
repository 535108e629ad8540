import { z } from 'zod';
import { channels } from '../model/contact.ts';
import { ticketPriorities } from '../model/ticket.ts';
import { eventName, head, identifier, key, localized } from './common.ts';

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

const ticket = z.strictObject({
  subject: identifier.describe('Field whose value is the subject; empty: the first line of the text.'),
  text: identifier.describe('Field whose value is the message; it must be required.'),
  topic: key.optional(),
  priority: z.enum(ticketPriorities).optional(),
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
  ticket: ticket.optional().describe('A submission opens a ticket as well, in the channel `form`.'),
  thanks: localized.optional(),
});

export type Form = z.infer<typeof formSchema>;
