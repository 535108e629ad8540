import type { ErrorRequestHandler } from 'express';
import type { z } from 'zod';
import type { Logger } from '../config/log.ts';
import { catalogue } from '../engine/errors/catalogue.ts';
import { type ErrorProblem, VoronkaError } from '../engine/errors/error.ts';
import type { JsonObject } from '../engine/json.ts';

/** Every error of the API (RFC 9457): `code` is stable, `cure` says what to do, `problems` has every wrong field. */
interface ProblemAnswer {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  cure: string;
  /** Request id, also in the log. */
  instance: string;
  problems?: readonly ErrorProblem[];
  /** What a program may want to know of it; of a deal that may not move, `refused` has every guard. */
  details?: JsonObject;
}

/** Turns what was thrown into application/problem+json. What is no error of ours is logged and shown as INTERNAL. */
export function problemHandler(log: Logger): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    if (response.headersSent) return next(thrown);
    const error = toVoronkaError(thrown);
    const instance: string = response.locals.requestId;
    if (error.status >= 500) log.error({ err: thrown, requestId: instance, path: request.path }, error.message);
    const { title, cure, status } = catalogue[error.code];
    const answer: ProblemAnswer = {
      type: `urn:voronka:error:${error.code}`,
      title,
      status,
      detail: error.code === 'INTERNAL' ? 'Something went wrong on our side.' : error.message,
      code: error.code,
      cure,
      instance,
      ...(error.problems && { problems: error.problems }),
      ...(error.details && { details: error.details }),
    };
    response.status(status).type('application/problem+json').send(JSON.stringify(answer));
  };
}

/** Mistakes of a request, each with its place: `body.events[3].email`. */
export function validationFailed(place: string, issues: readonly z.core.$ZodIssue[]): VoronkaError {
  const problems = issues.map((issue) => ({
    path: [...issue.path].reduce<string>(
      (path, key) => (typeof key === 'number' ? `${path}[${key}]` : `${path}.${String(key)}`),
      place,
    ),
    code: 'VALIDATION_FAILED',
    message: issue.message,
  }));
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return new VoronkaError('VALIDATION_FAILED', `${first?.path ?? place}: ${first?.message ?? 'is not valid'}${more}`, {
    problems,
  });
}

/** One mistake of a request that only the store could show. @param path such as `body.calendar` */
export function refuseBody(path: string, message: string): VoronkaError {
  const problems = [{ path, code: 'VALIDATION_FAILED', message }];
  return new VoronkaError('VALIDATION_FAILED', `${path}: ${message}`, { problems });
}

function toVoronkaError(thrown: unknown): VoronkaError {
  if (thrown instanceof VoronkaError) return thrown;
  if (thrown instanceof Error && 'type' in thrown) {
    switch (thrown.type) {
      case 'entity.parse.failed':
        return new VoronkaError('MALFORMED_JSON', thrown.message, { cause: thrown });
      case 'entity.too.large':
        return new VoronkaError('BODY_TOO_LARGE', 'the body is larger than 5 MB', { cause: thrown });
      case 'encoding.unsupported':
      case 'charset.unsupported':
        return new VoronkaError('UNSUPPORTED_MEDIA_TYPE', thrown.message, { cause: thrown });
    }
  }
  if (thrown instanceof URIError) return new VoronkaError('NOT_FOUND', 'the address cannot be decoded');
  if (thrown instanceof Error && /^Mongo(Network|ServerSelection|NotConnected|PoolCleared)/.test(thrown.name)) {
    return new VoronkaError('STORE_UNAVAILABLE', 'MongoDB does not answer', { cause: thrown });
  }
  return new VoronkaError('INTERNAL', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}
