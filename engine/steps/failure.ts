import type { ErrorCode } from '../errors/catalogue.ts';
import type { EffectError } from '../model/event.ts';

/** A terminal failure with a code of the catalogue: `{ ok: false, error: failure(…) }`, `{ do: 'fail', error: failure(…) }`. */
export function failure(code: ErrorCode, message: string): EffectError {
  return { code, message };
}
