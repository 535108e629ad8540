import { z } from 'zod';
import type { Json, JsonObject } from '../json.ts';
import { condition } from '../schema/common.ts';
import type { Evaluated, Expression, Visit } from './define.ts';

/** A value written down, or computed from CEL at that moment. */
export const computable = z.union([z.strictObject({ cel: condition }), z.json()]);

export type Computable = z.infer<typeof computable>;

export function isComputed(value: Computable): value is { cel: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    'cel' in value &&
    typeof value.cel === 'string'
  );
}

/** Values of all members; the first failure wins. */
export function computeAll(visit: Visit, members: Record<string, Computable>): Evaluated<Record<string, Json>> {
  const value: Record<string, Json> = {};
  const read: JsonObject = {};
  for (const [name, member] of Object.entries(members)) {
    if (!isComputed(member)) {
      value[name] = member;
      continue;
    }
    const result = visit.evaluate(member.cel);
    if (!result.ok) return result;
    value[name] = result.value;
    Object.assign(read, result.read);
  }
  return { ok: true, value, read };
}

export function computedExpressions(
  members: Record<string, Computable>,
  path: readonly (string | number)[],
): Expression[] {
  return Object.entries(members).flatMap(([name, member]) =>
    isComputed(member) ? [{ text: member.cel, path: [...path, name, 'cel'], yields: 'any' as const }] : [],
  );
}
