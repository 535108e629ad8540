import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { VoronkaError } from '../engine/errors/error.ts';
import { canonicalJson } from '../engine/hash.ts';
import type { Idempotency } from './acceptance.ts';

/** @throws VoronkaError VALIDATION_FAILED for a key that is too long */
export function idempotencyOf(request: Request): Idempotency | undefined {
  const key = request.get('idempotency-key')?.trim();
  if (key === undefined || key === '') return undefined;
  if (key.length > 200) {
    throw new VoronkaError('VALIDATION_FAILED', 'Idempotency-Key: use at most 200 characters', {
      problems: [{ path: 'header.Idempotency-Key', code: 'VALIDATION_FAILED', message: 'use at most 200 characters' }],
    });
  }
  const bodyHash = createHash('sha256').update(canonicalJson(request.body)).digest('hex');
  return { key, scope: `${request.method} ${request.path}`, bodyHash };
}
