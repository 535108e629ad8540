import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../config/root.ts';

const page = readFileSync(join(packageRoot, 'docs', 'proofs.md'), 'utf8');
const named = [...page.matchAll(/`([a-z-]+\/[a-z/*-]*)`/g)].map(([, name = '']) => name);
const isThere = (name: string) => {
  const path = join(packageRoot, 'test', name.replace(/\*?$/, ''));
  return name.endsWith('/') || name.endsWith('*') ? readdirSync(path).length > 0 : existsSync(`${path}.test.ts`);
};

it('names tests that exist, for each of the eight invariants', () => {
  expect(named.filter((name) => !isThere(name))).toEqual([]);
  expect([...page.matchAll(/^\| (\d) \|/gm)].map(([, number]) => number)).toEqual([...'12345678']);
});
