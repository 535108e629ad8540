import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { VoronkaError } from '../engine/errors/error.ts';
import { canonicalJson } from '../engine/hash.ts';

export interface Idempotency {
  /** The header as it came, with the route before it: one key may be used on two. */
  key: string;
  /** SHA-256 of the canonical request body. */
  bodyHash: string;
}

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
  return { key: `${request.method} ${request.path} ${key}`, bodyHash };
}

/**
 * @param first hash of the body with which the key came first
 * @throws VoronkaError IDEMPOTENCY_KEY_REUSED when it came with another body
 */
export function refuseReuse({ bodyHash }: Idempotency, first: string | undefined): void {
  if (bodyHash === first) return;
  throw new VoronkaError('IDEMPOTENCY_KEY_REUSED', 'Idempotency-Key: it was used for another body already');
}
