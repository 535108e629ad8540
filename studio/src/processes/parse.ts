import { z } from 'zod';
import type { JsonObject } from '../../../engine/json.ts';
import { type Process, processSchema } from '../../../engine/schema/index.ts';

// Parsers made from text would be refused by the page's content security policy.
z.config({ jitless: true });

/** The definition as the engine reads it, with defaults filled in; a draft may not be readable yet. */
export function parseProcess(body: JsonObject): { process?: Process; problem?: string } {
  const parsed = processSchema.safeParse(body);
  if (parsed.success) return { process: parsed.data };
  const [first] = parsed.error.issues;
  return { problem: first && `${first.path.join('.')}: ${first.message}` };
}
