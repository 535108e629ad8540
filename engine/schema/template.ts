import { z } from 'zod';
import { type Channel, type Language, purposes } from '../model/contact.ts';
import type { DocumentFormat } from '../model/document.ts';
import { localized } from './common.ts';

/** `template.json` beside the bodies of a message template: all that is not its body. */
export const templateSchema = z.strictObject({
  $schema: z.string().optional(),
  name: localized,
  description: localized.optional(),
  purpose: z
    .enum(purposes)
    .default('marketing')
    .describe('What it is written for; a send-message step of another purpose gets a warning.'),
  subject: localized.optional().describe('Subject of a mail, Handlebars text.'),
  preheader: localized.optional().describe('The line that inboxes show after the subject, Handlebars text.'),
  example: z
    .strictObject({
      contact: z.record(z.string(), z.json()).default({}),
      trigger: z.record(z.string(), z.json()).default({}),
      vars: z.record(z.string(), z.json()).default({}),
      ticket: z.record(z.string(), z.json()).optional(),
      deal: z.record(z.string(), z.json()).optional(),
      surveyUrl: z.string().optional(),
      approval: z.record(z.string(), z.json()).optional(),
    })
    .prefault({})
    .describe('Data for previews and tests: every variable that the template reads.'),
});

type TemplateHead = z.infer<typeof templateSchema>;

/** A template as its folder holds it. */
export interface TemplateSource extends TemplateHead {
  channel: Channel;
  key: string;
  /** Handlebars text by language: HTML for mails, plain text for SMS. */
  bodies: Partial<Record<Language, string>>;
}

/** What all mails share. */
interface TemplateFrame {
  /** HTML around `{{{body}}}`. */
  layout: string;
  /** Partials by name; those of one language win over those of all. */
  partials: Record<Language, Record<string, string>>;
}

export interface TemplateSources extends TemplateFrame {
  templates: TemplateSource[];
  /** Templates of documents. */
  documents?: readonly { key: string; formats: readonly DocumentFormat[] }[];
}

/** Templates of two channels may share a key. */
export function templateId(channel: Channel, key: string): string {
  return `${channel}/${key}`;
}
