import { z } from 'zod';
import { languages } from '../model/contact.ts';

/** Keys of definitions, steps, arms, classes: lower case words joined by hyphens. */
export const key = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'use lower-case words joined by hyphens, such as "abandoned-cart"')
  .max(64)
  .meta({ title: 'key' });

/** Names of variables, e.g. where an http-request puts its answer. */
export const identifier = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9_]*$/, 'use letters, digits and _, such as "answer"')
  .meta({ title: 'name' });

export const localized = z
  .union([z.string().min(1), z.strictObject({ en: z.string().min(1), ru: z.string().min(1) })])
  .meta({ title: 'text' });

/** ISO 8601 duration, such as `PT2H` or `P7D`; a leading minus only where an offset is allowed. */
export const duration = z
  .string()
  .regex(
    /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/,
    'write an ISO 8601 duration such as "PT2H" or "P7D"',
  )
  .meta({ title: 'duration' });

export const offset = z
  .string()
  .regex(
    /^[+-]?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/,
    'write an ISO 8601 duration with an optional sign, such as "-P3D"',
  )
  .meta({ title: 'signed duration' });

/** Local wall-clock time `HH:MM`. */
export const localTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time such as "09:30"')
  .meta({ title: 'time' });

/** Local date `YYYY-MM-DD`. */
export const localDate = z.iso.date().meta({ title: 'date' });

/** ISO 4217. */
export const currency = z.string().regex(/^[A-Z]{3}$/, 'write an ISO 4217 code such as "RUB"');

export const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']).meta({ title: 'weekday' });
export type Weekday = z.infer<typeof weekday>;

/** IANA zone name that this runtime knows. */
export const zone = z.string().refine(isZone, 'use an IANA zone such as "Europe/Moscow"').meta({ title: 'zone' });

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** CEL text; its type is checked at publication, where the names in scope are known. */
export const condition = z.string().min(1).max(2000).meta({ title: 'CEL' });

export const eventName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_-]*)+$/, 'use a dotted lower-case name such as "order.placed"')
  .max(100)
  .meta({ title: 'event name' });

export const language = z.enum(languages).meta({ title: 'language' });

/** What every kind of definition begins with. */
export const head = {
  $schema: z.string().optional().describe('Where editors find the schema, e.g. `../../schemas/process.schema.json`.'),
  key: key.describe('The name by which others refer to it; one per kind.'),
  name: localized.describe('What people see.'),
  description: localized.optional().describe('What it is for, in a sentence or two.'),
};
