import { z } from 'zod';
import { email, phone } from '../../delivery/intake/items.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import type { Json, JsonObject } from '../../engine/json.ts';
import type { Form } from '../../engine/schema/form.ts';
import { validationFailed } from '../problem.ts';

type Field = Form['fields'][number];

/**
 * Reads a submission by its form: every field checked, those that map filled into the contact, ticked consents granted.
 * @returns the body of a `lead` item
 * @throws VoronkaError VALIDATION_FAILED with every wrong field
 */
export function readSubmission(form: Form, body: JsonObject) {
  const parsed = schemaOf(form).safeParse(body);
  if (!parsed.success) throw validationFailed('body', parsed.error.issues);
  const { consents, ...values } = parsed.data;
  const data = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as JsonObject;
  const fields: JsonObject = {};
  const attributes: JsonObject = {};
  for (const { name, maps } of form.fields) {
    const value = data[name];
    if (maps === undefined || value === undefined || value === '') continue;
    if (maps.startsWith('attributes.')) attributes[maps.slice('attributes.'.length)] = value;
    else fields[maps] = value;
  }
  if (fields.email === undefined && fields.phone === undefined) {
    throw new VoronkaError('VALIDATION_FAILED', 'body: give an email or a phone, or nobody can be answered', {
      problems: [{ path: 'body', code: 'VALIDATION_FAILED', message: 'give an email or a phone' }],
    });
  }
  const ticked = form.consents.filter(({ channel }) => consents?.[channel] === true);
  return {
    ...fields,
    attributes,
    data,
    duplicates: form.duplicates,
    form: { key: form.key, event: form.event },
    ...(ticked.length > 0 && {
      consent: Object.fromEntries(ticked.map(({ channel }) => [channel, 'granted' as const])),
      consentText: Object.fromEntries(ticked.map(({ channel, text }) => [channel, JSON.stringify(text)])),
    }),
  };
}

/** The body of the `ticket` item that a submission makes beside its lead, if the form opens tickets. `data`: of the lead. */
export function ticketOf({ ticket, fields }: Form, data: JsonObject) {
  if (ticket === undefined) return undefined;
  const { subject, text, topic, priority } = ticket;
  const [email, phone] = ['email', 'phone'].map((to) =>
    textOf(data[fields.find(({ maps }) => maps === to)?.name ?? '']),
  );
  return {
    do: 'open' as const,
    channel: 'form' as const,
    ...(email && { email }),
    ...(phone && { phone }),
    subject: textOf(data[subject]),
    message: { text: textOf(data[text]) },
    set: { topic, priority },
  };
}

function textOf(value: Json | undefined): string {
  return value === undefined || value === null ? '' : String(value);
}

const schemas = new WeakMap<Form, ReturnType<typeof makeSchema>>();

function schemaOf(form: Form): ReturnType<typeof makeSchema> {
  const known = schemas.get(form) ?? makeSchema(form);
  schemas.set(form, known);
  return known;
}

function makeSchema(form: Form) {
  const fields = Object.fromEntries(form.fields.map((field) => [field.name, fieldSchema(field)]));
  const required = form.consents.filter((consent) => consent.required);
  const consents = z
    .partialRecord(z.enum(['email', 'sms']), z.boolean())
    .optional()
    .refine((given) => required.every(({ channel }) => given?.[channel] === true), 'this consent is required');
  return z.strictObject({ ...fields, consents });
}

function fieldSchema(field: Field): z.ZodType {
  const schema = valueSchema(field);
  if (field.required) return schema;
  // An empty input of a web page means that nothing was said.
  return z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional());
}

function valueSchema({ type, choices, maxLength, required }: Field): z.ZodType {
  const text = z.string().trim().max(maxLength);
  switch (type) {
    case 'email':
      return z.string().trim().pipe(email);
    case 'phone':
      return z.string().trim().pipe(phone);
    case 'number':
      return z.union([
        z.number(),
        z
          .string()
          .trim()
          .regex(/^-?\d+([.,]\d+)?$/, 'write a number')
          .transform(toNumber),
      ]);
    case 'checkbox':
      return required ? z.literal(true, 'must be ticked') : z.boolean();
    case 'choice':
      return text.refine((value) => choices?.includes(value) ?? true, `choose one of ${choices?.join(', ') ?? 'them'}`);
    case 'date':
      return z.iso.date('write a date such as 2027-01-31');
    case 'text':
    case 'textarea':
      return required ? text.min(1, 'must not be empty') : text;
  }
}

function toNumber(text: string): number {
  return Number(text.replace(',', '.'));
}
