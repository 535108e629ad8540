import type { JsonObject } from '../json.ts';
import { catalogue, type ErrorCode } from './catalogue.ts';

/** One mistake among several, where one error reports many at once. */
export interface ErrorProblem {
  /** Where, e.g. `steps[2].next.timeout` or `body.email`. */
  path: string;
  code: string;
  message: string;
  suggestion?: string;
}

export interface ErrorOptions {
  details?: JsonObject;
  problems?: readonly ErrorProblem[];
  /** Whether the same call may succeed later; the catalogue's answer unless the place of the throw knows better. */
  retryable?: boolean;
  cause?: unknown;
}

/** Every error that the project throws on purpose: a stable code, a message that names the field and the cure. */
export class VoronkaError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details?: JsonObject;
  readonly problems?: readonly ErrorProblem[];

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'VoronkaError';
    this.code = code;
    this.retryable = options.retryable ?? catalogue[code].retryable ?? false;
    if (options.details !== undefined) this.details = options.details;
    if (options.problems !== undefined) this.problems = options.problems;
  }

  /** HTTP status of the error's code. */
  get status(): number {
    return catalogue[this.code].status;
  }
}
