import type { Json } from '../../../engine/json.ts';

/** `Array.isArray` does not narrow a read-only list. */
export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
