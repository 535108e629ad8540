import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../api/routes/index.ts';
import { catalogue } from '../../engine/errors/catalogue.ts';
import { type ApiBench, apiBench } from './bench.ts';

let api: ApiBench;

beforeAll(async () => {
  api = await apiBench();
});
afterAll(async () => await api.close());

const filled = (path: string) => `/api${path.replaceAll(/\{\w+\}/g, 'x')}`;
const isOpen = new Set(routes.filter(({ open }) => open).map(({ method, path }) => `${method} ${path}`));

describe('the key', () => {
  it('is asked for by every route but the public ones', async () => {
    for (const { method, path } of routes) {
      const { status, body } = await api.call(method.toUpperCase(), filled(path), undefined, {
        authorization: 'Bearer wrong',
      });
      if (isOpen.has(`${method} ${path}`)) expect(status, path).not.toBe(401);
      else expect([status, body.code], path).toEqual([401, 'UNAUTHORISED']);
    }
    // Webhooks show a signature in place of a key.
    expect([...isOpen].sort()).toEqual([
      'get /forms/{key}',
      'get /webhooks/telephony/{source}',
      'post /forms/{key}/submissions',
      'post /webhooks/messengers/{source}',
      'post /webhooks/telephony/{source}',
    ]);
  });

  it('is taken from either header, and any of several is', async () => {
    const keys: Record<string, string>[] = [
      { authorization: `bearer ${api.environment.apiKey}` },
      { authorization: '', 'x-api-key': 'another-key-of-the-house' },
    ];
    for (const headers of keys) expect((await api.call('GET', '/api/users', undefined, headers)).status).toBe(200);
  });
});

describe('the description', () => {
  it('is OpenAPI 3.1, names every mounted route once, and every reference leads somewhere', async () => {
    const { body } = await api.call('GET', '/api/openapi.json', undefined, { authorization: '' });
    expect(body.openapi).toBe('3.1.0');
    const described = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods as object).map((method) => `${method} ${path}`),
    );
    expect(described.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
    const ids = new Set<string>();
    for (const [path, methods] of Object.entries<
      Record<string, { operationId: string; parameters: { name: string; in: string }[]; security?: object[] }>
    >(body.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        expect(ids.has(operation.operationId)).toBe(false);
        ids.add(operation.operationId);
        const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        expect(operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(named);
        expect(operation.security?.length === 0).toBe(isOpen.has(`${method} ${path}`));
      }
    }
    for (const [, reference] of JSON.stringify(body).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = (reference ?? '').split('/').reduce<unknown>((at, key) => Reflect.get(Object(at), key), body);
      expect(target, reference).toBeTypeOf('object');
    }
  });

  it('says what a request may hold: the schema that parses it', async () => {
    const { body } = await api.call('GET', '/api/openapi.json');
    const schema = body.paths['/leads'].post.requestBody.content['application/json'].schema;
    expect(schema.properties).toMatchObject({ email: { type: 'string' }, language: { enum: ['en', 'ru'] } });
    expect(schema.additionalProperties).toBe(false);
    expect(body.paths['/events'].post.requestBody.content['application/json'].schema.anyOf).toHaveLength(2);
  });

  it('is shown as a page that loads nothing from elsewhere', async () => {
    const { status, body } = await api.call('GET', '/api/docs', undefined, { authorization: '' });
    expect(status).toBe(200);
    expect(body).toContain('/api/contacts/{id}/timeline');
    expect(body).not.toMatch(/<script|src=|https?:\/\//);
  });
});

describe('problems', () => {
  it.each([
    ['GET', '/api/none', undefined, {}, 'NOT_FOUND'],
    ['DELETE', '/api/leads', undefined, {}, 'METHOD_NOT_ALLOWED'],
    ['POST', '/api/leads', '{', {}, 'MALFORMED_JSON'],
    ['POST', '/api/leads', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 'UNSUPPORTED_MEDIA_TYPE'],
    ['POST', '/api/leads', { data: { x: 'x'.repeat(6_000_000) } }, {}, 'BODY_TOO_LARGE'],
    ['POST', '/api/leads', { email: 'a@example.com' }, { 'idempotency-key': 'k'.repeat(201) }, 'VALIDATION_FAILED'],
    ['GET', '/api/contacts?limit=0', undefined, {}, 'VALIDATION_FAILED'],
    ['GET', '/api/contacts/none', undefined, {}, 'NOT_FOUND'],
    ['GET', '/api/%E0%A4%A', undefined, {}, 'NOT_FOUND'],
  ] as const)('%s %s is %5$s', async (method, path, body, headers, code) => {
    const answer = await api.call(method, path, body, headers);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const { title, cure, status } = catalogue[code];
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ type: `urn:voronka:error:${code}`, code, title, cure, status });
    expect(answer.body.detail).toBeTruthy();
    expect(answer.body.instance).toBe(answer.headers.get('x-request-id'));
  });

  it('names the methods that are possible', async () => {
    expect((await api.call('DELETE', '/api/users/anna')).headers.get('allow')).toBe('PUT');
  });
});

describe('headers', () => {
  it('keep pages from running what is not ours, without breaking plain HTTP', async () => {
    const { headers } = await api.call('GET', '/healthz', undefined, { authorization: '' });
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('let a website’s browser ask before it submits a form', async () => {
    const { status, headers } = await api.call('OPTIONS', '/api/forms/website/submissions', undefined, {
      authorization: '',
    });
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(
      (await api.call('OPTIONS', '/api/leads', undefined, { authorization: '' })).headers.get(
        'access-control-allow-origin',
      ),
    ).toBeNull();
  });
});
