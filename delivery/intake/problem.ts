import type { ErrorCode } from '../../engine/errors/catalogue.ts';
import type { JsonObject } from '../../engine/json.ts';

/** Why one item cannot be applied: recorded on its document, and the next items go on. */
export class ItemProblem extends Error {
  readonly code: ErrorCode;
  /** What a program may want to know of it. */
  readonly details?: JsonObject;

  constructor(code: ErrorCode, message: string, details?: JsonObject) {
    super(message);
    this.name = 'ItemProblem';
    this.code = code;
    if (details !== undefined) this.details = details;
  }
}
