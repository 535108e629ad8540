import { hash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { VoronkaError } from '../engine/errors/error.ts';

/** Lets through who shows one of the keys, as `Authorization: Bearer …` or `X-API-Key`. Compares in constant time. */
export function requireApiKey(keys: readonly string[]): RequestHandler {
  const digests = keys.map(digest);
  return (request, _, next) => {
    const given = request.get('x-api-key') ?? /^Bearer (.+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';
    const shown = digest(given);
    const matches = digests.map((known) => timingSafeEqual(known, shown));
    if (!matches.includes(true)) throw new VoronkaError('UNAUTHORISED', 'the request shows no valid API key');
    next();
  };
}

/** Digests have one length, which the comparison needs and which hides that of the key. */
function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
