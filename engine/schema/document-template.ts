import { z } from 'zod';
import { documentContent } from '../documents/request.ts';
import type { Language } from '../model/contact.ts';
import { identifier, key, localized } from './common.ts';

const text = z.string().max(20_000).describe('Handlebars text');
const align = z.enum(['left', 'center', 'right']);
const row = z.strictObject({ label: text, value: text });

const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('heading'), text, level: z.int().min(1).max(2).default(2) }),
  z.strictObject({
    type: z.literal('text'),
    text,
    align: align.default('left'),
    style: z.enum(['normal', 'strong', 'small']).default('normal'),
  }),
  z.strictObject({ type: z.literal('facts'), rows: z.array(row).min(1) }).describe('a row without a value is left out'),
  z
    .strictObject({
      type: z.literal('columns'),
      columns: z
        .array(z.strictObject({ heading: text, lines: z.array(text) }))
        .min(2)
        .max(3),
    })
    .describe('parties side by side; empty lines are left out'),
  z.strictObject({
    type: z.literal('items'),
    columns: z
      .array(
        z.strictObject({
          head: text,
          value: text,
          width: z.number().positive().default(1),
          align: align.default('left'),
        }),
      )
      .min(1)
      .describe('`value` reads the line: `{{name}}`, `{{gross}}`'),
    totals: z.array(row.extend({ strong: z.boolean().default(false) })).default([]),
  }),
  z.strictObject({
    type: z.literal('signatures'),
    parties: z
      .array(z.strictObject({ role: text, name: text }))
      .min(1)
      .max(3),
  }),
  z.strictObject({ type: z.literal('rule') }),
  z.strictObject({ type: z.literal('page-break') }),
]);

/** `en.json`, `ru.json` of a document template: what the paper says, block by block. */
export const documentBodySchema = z.strictObject({
  $schema: z.string().optional(),
  title: text.describe('Handlebars text: title of the file, and the left half of each page’s foot.'),
  blocks: z.array(block).min(1),
});

/** `template.json` of a document template. */
export const documentTemplateSchema = z.strictObject({
  $schema: z.string().optional(),
  name: localized,
  description: localized.optional(),
  series: z
    .strictObject({
      key,
      prefix: z.string().max(20).default('').describe('Before year and number: `INV-` makes `INV-2026-0001`.'),
    })
    .describe('Documents of one series are numbered 1, 2, 3 … in each year, whatever their template.'),
  fields: z
    .record(identifier, z.strictObject({ name: localized, required: z.boolean().default(false) }))
    .default({})
    .describe('What templates read as `data.…`, given with each document.'),
  example: z
    .strictObject({
      contact: z.record(z.string(), z.json()).default({}),
      deal: z.record(z.string(), z.json()).optional(),
      content: documentContent,
    })
    .describe('Data for previews and tests: everything that the template reads.'),
});

export type DocumentBlock = z.output<typeof block>;
export type DocumentBody = z.output<typeof documentBodySchema>;
export type DocumentTemplateHead = z.output<typeof documentTemplateSchema>;

/** One version of one template in one language: all that its bytes depend on beside the data. */
export interface DocumentTemplate {
  key: string;
  language: Language;
  /** SHA-256 over everything below. */
  hash: string;
  head: Omit<DocumentTemplateHead, '$schema' | 'example' | 'description'>;
  body: DocumentBody;
  /** The .docx in which a lawyer writes, where there is one; base64. */
  docx?: string;
}
