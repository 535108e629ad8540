import type { JsonObject } from '../../engine/json.ts';

/**
 * A copy of plain data that a template may read and nothing else: no prototype to climb, and no nulls, so that an
 * empty field is a missing one and never becomes an empty string in a mail.
 */
export function templateData(data: Readonly<Record<string, unknown>>): object {
  const copy = Object.create(bare);
  for (const [name, value] of Object.entries(data)) {
    const kept = templateValue(value);
    if (kept !== undefined) copy[name] = kept;
  }
  return copy;
}

function templateValue(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map((item) => templateValue(item) ?? '');
  if (typeof value === 'object') return templateData({ ...value });
  return value;
}

/** Only a name for the engine's own messages ("… not defined in data"): null-prototype objects cannot be printed. */
const bare: object = Object.create(null, { [Symbol.toPrimitive]: { value: () => 'data' } });

/** What every template reads, as `templates/README.md` lists it. */
export interface TemplateInput {
  contact: JsonObject;
  trigger: JsonObject;
  vars: JsonObject;
  /** Where the process is about one. */
  ticket?: JsonObject;
  deal?: JsonObject;
  company: { name: string; address?: string; from: string };
  /** Only in marketing mails. */
  unsubscribeUrl?: string;
  /** Only in messages of send-survey. */
  surveyUrl?: string;
  /** Only in mails to approvers: what they decide, and `url`, their signed page. */
  approval?: JsonObject;
}
