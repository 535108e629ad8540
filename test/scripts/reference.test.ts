import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stepSchema } from '../../engine/schema/index.ts';
import { stepTypes } from '../../engine/steps/index.ts';
import { examples } from '../../scripts/reference/examples.ts';
import { reference } from '../../scripts/reference.ts';

const page = reference();

describe('docs/language.md', () => {
  it('is current (else: npm run generate)', () => {
    expect(readFileSync('docs/language.md', 'utf8')).toBe(page);
  });

  it('has an example of each step type, and of no other', () => {
    expect(Object.keys(examples).sort()).toEqual(stepTypes.map(({ type }) => type).sort());
    for (const [type, example] of Object.entries(examples)) expect(stepSchema.parse(example).type).toBe(type);
  });

  it('names the keys of every step type, with their values and defaults', () => {
    for (const { type, summary } of stepTypes) {
      expect(page).toContain(`#### ${type}\n`);
      expect(page).toContain(summary);
    }
    expect(page).toContain('| `entry.reentry` | "never" or "after-exit" or "always" | `"after-exit"` |');
    expect(page).toContain('| `triggers[event].event` | event name | yes |');
    expect(page).toContain('| `caps[].per` | duration | yes |');
    expect(page).not.toMatch(/__schema|undefined|\[object/);
  });
});
