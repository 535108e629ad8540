import { z } from 'zod';
import { duration, identifier } from '../schema/common.ts';
import { durationMs } from '../time/duration.ts';
import { defineStep, type Reaction } from './define.ts';
import { fill, fillJson, piecesIn } from './text.ts';

export const httpRequest = defineStep({
  type: 'http-request',
  summary: 'Calls another system and keeps its answer in `vars`.',
  group: 'outside',
  params: {
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
    url: z
      .string()
      .regex(/^https?:\/\//, 'begin with https:// or http://')
      .describe('The texts of `url`, `headers` and `body` may hold `{{cel}}` pieces.'),
    headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string()).default({}),
    body: z.json().optional(),
    into: identifier.describe('`vars.<into>` becomes `{ status, body }`.'),
    timeout: duration.default('PT10S'),
  },
  exits: () => ['ok', 'failed'],
  effects: ['http-request'],
  provides: ({ into }) => [into],
  expressions: ({ url, headers, body }) => [
    ...piecesIn(url, ['url']),
    ...piecesIn(headers, ['headers']),
    ...piecesIn(body, ['body']),
  ],
  enter(visit): Reaction {
    const { step } = visit;
    const url = fill(visit, step.url);
    if (!url.ok) return { do: 'fail', error: url.error };
    const headers: Record<string, string> = {};
    for (const [name, text] of Object.entries(step.headers)) {
      const value = fill(visit, text);
      if (!value.ok) return { do: 'fail', error: value.error };
      headers[name] = value.value;
    }
    const body = step.body === undefined ? undefined : fillJson(visit, step.body);
    if (body?.ok === false) return { do: 'fail', error: body.error };
    const item = {
      method: step.method,
      url: url.value,
      headers,
      ...(body !== undefined && { body: body.value }),
      timeout: durationMs(step.timeout),
    };
    return {
      do: 'perform',
      effect: { name: 'http-request', item },
      detail: { method: step.method, url: url.value, read: url.read },
    };
  },
  /** A status outside 200–299, or 0 when there was no answer at all, leaves by `failed`. */
  on({ step }, signal): Reaction {
    if (signal.type !== 'performed') return { do: 'stay' };
    const { status = 0, body = null } = signal.result;
    const ok = typeof status === 'number' && status >= 200 && status < 300;
    return {
      do: 'leave',
      exit: ok ? 'ok' : 'failed',
      as: 'performed',
      vars: { [step.into]: { status, body } },
      detail: { status },
    };
  },
});
