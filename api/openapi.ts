import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../config/root.ts';
import type { Route } from './route.ts';
import { problemAnswer } from './shapes.ts';

type Schema = Record<string, unknown>;

interface Operation {
  tags: string[];
  summary: string;
  description?: string;
  operationId: string;
  security?: object[];
  parameters: { name: string; in: string; required: boolean; schema: Schema; description?: string }[];
  requestBody?: object;
  responses: Record<string, object>;
}

export interface ApiDescription {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  security: object[];
  paths: Record<string, Record<string, Operation>>;
  components: object;
}

const { version }: { version: string } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));

/** OpenAPI 3.1 of the routes, made of the schemas that parse their requests. */
export function describeApi(routes: readonly Route[]): ApiDescription {
  const paths: ApiDescription['paths'] = {};
  for (const one of routes) {
    const path = paths[one.path] ?? {};
    path[one.method] = operation(one);
    paths[one.path] = path;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Voronka',
      version,
      description:
        'Customer journeys. Every request but those marked as public shows an API key. Errors are application/problem+json: `code` is stable, `cure` says what to do, `problems` has every wrong field.',
    },
    servers: [{ url: '/api' }],
    security: [{ bearer: [] }, { header: [] }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemAnswer, 'output') },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        header: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
    },
  };
}

function operation(one: Route): Operation {
  const said = one.documented ?? one.body;
  return {
    tags: [one.tag],
    summary: one.summary,
    ...(one.description !== undefined && { description: one.description }),
    operationId: operationId(one),
    ...(one.open && { security: [] }),
    parameters: [
      ...parameters(one.params, 'path'),
      ...parameters(one.query, 'query'),
      ...(one.idempotent ? [idempotencyKey] : []),
      ...(one.acts ? [actingUser] : []),
    ],
    ...(said !== undefined && {
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(said, 'input') } } },
    }),
    responses: {
      [one.status ?? 200]: {
        description: one.status === 202 ? 'Accepted: it is stored and will be applied' : 'Done',
        content: { 'application/json': { schema: jsonSchema(one.answer, 'output') } },
      },
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key with the same body gives the same answer and is applied once; with another body 409.',
  schema: { type: 'string', maxLength: 200 },
};

const actingUser = {
  name: 'X-Voronka-User',
  in: 'header',
  required: false,
  description: 'Key of the active user who does it; without it a program does.',
  schema: { type: 'string' },
};

/** `GET /contacts/{id}/timeline` is `getContactsIdTimeline`. */
function operationId({ method, path }: Route): string {
  const words = path.match(/[a-z]+/gi) ?? [];
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): Operation['parameters'] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input');
  return Object.entries(properties as Record<string, Schema>).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (required as string[]).includes(name),
    schema: property,
  }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...made } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' });
  return made;
}
