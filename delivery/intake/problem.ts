import type { ErrorCode } from '../../engine/errors/catalogue.ts';

/** Why one item cannot be applied: recorded on its document, and the next items go on. */
export class ItemProblem extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'ItemProblem';
    this.code = code;
  }
}
