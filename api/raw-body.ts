import type { Request } from 'express';
import { VoronkaError } from '../engine/errors/error.ts';

/**
 * The body as it came, which signatures are made over.
 * @param limit bytes
 * @throws VoronkaError BODY_TOO_LARGE
 */
export async function readBody(request: Request, limit: number): Promise<Buffer> {
  const tooLarge = () => new VoronkaError('BODY_TOO_LARGE', `the body is larger than ${limit} bytes`);
  if (Number(request.get('content-length') ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
