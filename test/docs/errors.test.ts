import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../engine/errors/catalogue.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import { problemCodes } from '../../engine/validate/problem.ts';

const text = readFileSync('docs/errors.md', 'utf8');
const sections = new Map(
  text
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section.split(/^## /m)[0] ?? '']),
);

describe('docs/errors.md', () => {
  it('has one section for each code, and none for a code that does not exist', () => {
    expect([...sections.keys()].sort()).toEqual(Object.keys(catalogue).sort());
  });

  it.each(Object.entries(catalogue))('says of %s what the catalogue says, and what causes it', (code, entry) => {
    const retryable = entry.retryable === true ? ', retryable' : '';
    const [, cause = ''] = /^- Cause: (.*)$/m.exec(sections.get(code) ?? '') ?? [];
    expect(sections.get(code)).toContain(`${entry.title}. HTTP ${entry.status}${retryable}.`);
    expect(sections.get(code)).toContain(`- Cure: ${entry.cure}`);
    expect(cause.length).toBeGreaterThan(20);
  });

  it('lists every code of a problem in a definition with its meaning', () => {
    const [, table = ''] = text.split('## Problems in definitions');
    const rows = [...table.matchAll(/^\| `(.*?)` \| (.*) \|$/gm)].map(([, code, meaning]) => [code, meaning]);
    expect(Object.fromEntries(rows)).toEqual(problemCodes);
  });
});

describe('VoronkaError', () => {
  it('takes its status and whether to try again from the catalogue', () => {
    const error = new VoronkaError('STORE_UNAVAILABLE', 'MONGODB_URI does not answer', { details: { tries: 3 } });
    expect(error).toMatchObject({ name: 'VoronkaError', code: 'STORE_UNAVAILABLE', status: 503, retryable: true });
    expect(error.details).toEqual({ tries: 3 });
    expect(new VoronkaError('NOT_FOUND', 'x').retryable).toBe(false);
    expect(new VoronkaError('NOT_FOUND', 'x', { retryable: true }).retryable).toBe(true);
  });
});
