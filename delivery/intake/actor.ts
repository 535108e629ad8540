import { z } from 'zod';
import type { Actor } from '../../engine/model/actor.ts';

/** Who did what an item does. */
export const actor: z.ZodType<Actor, Actor> = z.union([
  z.enum(['api', 'system']),
  z.templateLiteral(['user:', z.string()]),
  z.templateLiteral(['instance:', z.string()]),
]);
