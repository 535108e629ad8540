import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadLibrary } from '../../library/load.ts';
import { schemaFiles } from '../../scripts/schemas.ts';

const files = schemaFiles();

describe('schemas/', () => {
  it('has one file for each kind, and no other', () => {
    expect(readdirSync('schemas').sort()).toEqual(Object.keys(files).sort());
  });

  it.each(Object.entries(files))('%s is current (else: npm run generate)', (name, text) => {
    expect(readFileSync(`schemas/${name}`, 'utf8')).toBe(text);
  });

  it('take what is shipped, and refuse what has an unknown key', () => {
    const { files: shipped } = loadLibrary(process.cwd());
    for (const { json } of shipped) {
      const { kind } = z.looseObject({ kind: z.string() }).parse(json);
      const schema = z.fromJSONSchema(JSON.parse(files[`${kind}.schema.json`] ?? ''));
      expect(schema.safeParse(json).success).toBe(true);
      expect(schema.safeParse({ ...Object(json), colour: 'red' }).success).toBe(false);
    }
  });
});
