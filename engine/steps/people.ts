import { z } from 'zod';
import type { Assignee } from '../model/effects.ts';
import { key } from '../schema/common.ts';
import type { Reference } from './define.ts';

/** A user, everyone with a role, or the subject's owner. */
export const assignee = z.union([
  z.strictObject({ user: key }),
  z.strictObject({ role: key }),
  z.strictObject({ owner: z.literal(true) }),
]);

export function assigneeReferences(who: Assignee, path: readonly (string | number)[]): Reference[] {
  if ('user' in who) return [{ kind: 'user', key: who.user, path: [...path, 'user'] }];
  if ('role' in who) return [{ kind: 'role', key: who.role, path: [...path, 'role'] }];
  return [];
}
