import { canonicalJson } from './hash.ts';
import type { Json, JsonObject } from './json.ts';

/** One changed field, as `*.changed` events carry them in `data.changes`. Absent values are null. */
export type FieldChange = {
  /** Without the subject: `company`, `attributes.plan`, `stage`. */
  field: string;
  from: Json;
  to: Json;
};

/** What differs between two states of the same thing, field by field. */
export function changesBetween(before: JsonObject, after: JsonObject): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) =>
    changeOf(field, before[field], after[field]),
  );
}

/** The change of one field, where it is one. */
export function changeOf(field: string, before: Json | undefined, after: Json | undefined): FieldChange[] {
  const change = { field, from: before ?? null, to: after ?? null };
  return canonicalJson(change.from) === canonicalJson(change.to) ? [] : [change];
}
