import { isDeepStrictEqual } from 'node:util';

interface Update {
  $set?: Record<string, unknown>;
  $unset?: Record<string, 1>;
}

/**
 * The update that makes the one document of the other: only the fields that differ, so that a field which somebody else
 * wrote meanwhile stays. Null: nothing differs.
 */
export function difference(before: object, after: object): Update | null {
  const set: Record<string, unknown> = {};
  const unset: Record<string, 1> = {};
  const old = new Map<string, unknown>(Object.entries(before));
  const fresh = new Map<string, unknown>(Object.entries(after));
  for (const [field, value] of fresh) if (!isDeepStrictEqual(value, old.get(field))) set[field] = value;
  for (const field of old.keys()) if (!fresh.has(field)) unset[field] = 1;
  const update = {
    ...(Object.keys(set).length > 0 && { $set: set }),
    ...(Object.keys(unset).length > 0 && { $unset: unset }),
  };
  return Object.keys(update).length > 0 ? update : null;
}
