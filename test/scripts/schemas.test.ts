import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { schemaFiles } from '../../scripts/schemas.ts';

const files = schemaFiles();

describe('schemas/', () => {
  it('has one file for each kind, and no other', () => {
    expect(readdirSync('schemas').sort()).toEqual(Object.keys(files).sort());
  });

  it.each(Object.entries(files))('%s is current (else: npm run generate)', (name, text) => {
    expect(readFileSync(`schemas/${name}`, 'utf8')).toBe(text);
  });
});
