import type { Request } from 'express';
import { VoronkaError } from '../../engine/errors/error.ts';
import { findUser } from '../../store/users.ts';

/** Names the user who acts; without it a program does. */
const header = 'x-voronka-user';

export type Actor = 'api' | `user:${string}`;

/**
 * Who acts: the user that the header `X-Voronka-User` names, else `api`.
 * @throws VoronkaError USER_NOT_FOUND for a key that no active user has
 */
export async function actorOf(request: Request): Promise<Actor> {
  const key = request.get(header)?.trim();
  if (key === undefined || key === '') return 'api';
  const user = await findUser(key);
  if (user?.active !== true) throw new VoronkaError('USER_NOT_FOUND', `X-Voronka-User: there is no active user ${key}`);
  return `user:${key}`;
}
