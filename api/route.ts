import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
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
  /** Whether a body plainly has the schema's shape, as it came, and need not be parsed. */
  plain?: (body: unknown) => body is z.output<B>;
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

const nothing = z.unknown();

/** One route of the API: parse, call, respond. The same schemas make the description in /api/openapi.json. */
export function route<
  P extends Shape = typeof nothing,
  Q extends Shape = typeof nothing,
  B extends Shape = typeof nothing,
>(spec: Spec<P, Q, B>): Route {
  const { handle, ...description } = spec;
  return {
    ...description,
    serve: (deps) => {
      // Apart from the waiting, so that what was parsed need not be kept until the answer.
      const begin = (request: Request, response: Response) => {
        const input = {
          params: parse(spec.params, 'path', request.params),
          query: parse(spec.query, 'query', request.query),
          body: spec.plain?.(request.body) ? request.body : parse(spec.body, 'body', request.body),
          request,
          response,
        };
        return handle(input, deps);
      };
      return async (request, response) => {
        const answer = await begin(request, response);
        if (answer !== undefined) response.status(spec.status ?? 200).json(answer);
      };
    },
  };
}

function parse<S extends Shape>(schema: S | undefined, place: string, value: unknown): z.output<S> {
  const parsed = (schema ?? nothing).safeParse(value);
  if (!parsed.success) throw validationFailed(place, parsed.error.issues);
  return parsed.data as z.output<S>;
}
