import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { ApiDeps } from './deps.ts';
import { validationFailed } from './problem.ts';

/** What a handler gets: each part parsed by the route's schema. */
interface Input<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  request: Request;
  response: Response;
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Shape = z.ZodType;

interface Spec<P extends Shape, Q extends Shape, B extends Shape> {
  method: Method;
  /** Under /api, as OpenAPI writes it: `/contacts/{id}`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  params?: P;
  query?: Q;
  body?: B;
  /** What the schema would make of a body where that is plain to see; `undefined`: it is to be parsed. */
  plain?: (body: unknown) => z.output<B> | undefined;
  /** What the description says of the body, where its schema cannot say it. */
  documented?: Shape;
  /** Of the answer when all goes well; default 200. */
  status?: number;
  /** Shape of the answer, for the description. */
  answer: Shape;
  /** Needs no API key. */
  open?: true;
  /** Takes `Idempotency-Key`. */
  idempotent?: true;
  /** Takes `X-Voronka-User`: it is done in the name of a user, or of a program. */
  acts?: true;
  /** Answers the body; `undefined` when it has written the response itself. */
  handle(input: Input<z.output<P>, z.output<Q>, z.output<B>>, deps: ApiDeps): Promise<unknown>;
}

/** A route that mounts and describes itself. */
export interface Route extends Omit<Spec<Shape, Shape, Shape>, 'handle'> {
  serve(deps: ApiDeps): RequestHandler;
}

/** One route of the API: parse, call, respond. The same schemas make the description in /api/openapi.json. */
export function route<P extends Shape = z.ZodUnknown, Q extends Shape = z.ZodUnknown, B extends Shape = z.ZodUnknown>(
  spec: Spec<P, Q, B>,
): Route {
  const { handle, ...description } = spec;
  return {
    ...description,
    serve: (deps) => {
      // Apart from the waiting, so that what was parsed need not be kept until the answer.
      const begin = (request: Request, response: Response) => {
        const input = {
          params: parse(spec.params, 'path', request.params),
          // Express parses the address anew each time that it is asked for its query.
          query: parse(spec.query, 'query', spec.query && request.query),
          body: spec.plain?.(request.body) ?? parse(spec.body, 'body', request.body),
          request,
          response,
        };
        return handle(input, deps);
      };
      return async (request, response) => {
        const answer = await begin(request, response);
        if (answer === undefined) return;
        response.status(spec.status ?? 200);
        if (spec.method === 'get') response.json(answer);
        else sendJson(response, answer);
      };
    },
  };
}

/** Without an ETag, whose making costs as much as all else: only what was asked for with GET can be known already. */
function sendJson(response: Response, answer: unknown): void {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(answer));
}

function parse<S extends Shape>(schema: S | undefined, place: string, value: unknown): z.output<S> {
  if (schema === undefined) return value as z.output<S>;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw validationFailed(place, parsed.error.issues);
  return parsed.data as z.output<S>;
}
