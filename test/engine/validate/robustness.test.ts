import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../engine/json.ts';
import { validateDefinition } from '../../../engine/validate/validate.ts';
import { loadLibrary } from '../../../library/load.ts';

const { files, library } = loadLibrary(process.cwd());
const shipped = files.map(({ json }) => json as Json);

/** A place in a JSON value: at each level one of its members, by number. */
const place = fc.array(fc.nat(1000), { minLength: 1, maxLength: 8 });
const junk: fc.Arbitrary<Json | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom<Json>(null, true, 0, -1, 1.5, '', 'x', '{{', [], {}, [null], { cel: 5 }, 'P1D', 'end', '__proto__'),
);

/** The value with what stands at a place taken out (undefined) or replaced. */
function changed(value: Json, [first = 0, ...rest]: readonly number[], by: Json | undefined): Json {
  if (typeof value !== 'object' || value === null) return by ?? null;
  const names = Object.keys(value);
  const name = names[first % Math.max(1, names.length)];
  if (name === undefined) return by ?? null;
  const inner: Json = Reflect.get(value, name) ?? null;
  const deeper = rest.length > 0 && typeof inner === 'object' && inner !== null;
  const member = deeper ? changed(inner, rest, by) : by;
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => (String(index) !== name ? [one] : member === undefined ? [] : [member]));
  }
  const { [name]: _, ...others } = value as Record<string, Json>;
  return member === undefined ? others : { ...others, [name]: member };
}

describe('validateDefinition', () => {
  it('never throws, whatever is broken, and gives a definition or the errors that refuse it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...shipped), fc.array(fc.tuple(place, junk), { maxLength: 3 }), (json, changes) => {
        const draft = changes.reduce((value, [where, by]) => changed(value, where, by), json);
        const { definition, problems } = validateDefinition(draft, library);
        expect(definition === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
        for (const problem of problems) expect(problem.message).not.toMatch(/undefined|\[object/);
      }),
      { numRuns: 300 },
    );
  });

  it('takes any JSON value for what it is', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => validateDefinition(json, library).definition === undefined));
  });
});
