import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { Evaluated, Visit } from './define.ts';
import { failure } from './failure.ts';

/** What a generate-document step has written into a variable: the document's id, number, hash and sum. */
export function madeDocument({ state }: Visit, name: string): Evaluated<JsonObject & { id: string }> {
  const made: Json | undefined = state.vars[name];
  if (isObject(made) && typeof made.id === 'string') return { ok: true, value: { ...made, id: made.id }, read: {} };
  const message = `vars.${name} holds no document: make one before with generate-document and "into": "${name}".`;
  return { ok: false, error: failure('NOT_FOUND', message) };
}
