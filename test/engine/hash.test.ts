import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson, contentHash, hash32 } from '../../engine/hash.ts';

describe('contentHash', () => {
  it('is the same for equal data, however it is written', () => {
    expect(contentHash({ b: 1, a: [{ d: 1, c: undefined }] })).toBe(contentHash({ a: [{ d: 1 }], b: 1 }));
    expect(contentHash({ a: [1, 2] })).not.toBe(contentHash({ a: [2, 1] }));
  });

  it('is SHA-256 of the canonical JSON', () => {
    const value = { имя: 'Брошенная корзина', n: 1.5, list: [null, true, 'a"b'] };
    expect(canonicalJson(value)).toBe('{"list":[null,true,"a\\"b"],"n":1.5,"имя":"Брошенная корзина"}');
    expect(contentHash(value)).toBe(createHash('sha256').update(canonicalJson(value)).digest('hex'));
  });
});

describe('hash32', () => {
  it('spreads texts that differ in one character evenly', () => {
    const buckets = Array.from({ length: 10 }, () => 0);
    for (let n = 0; n < 10_000; n += 1) {
      const bucket = Math.floor((hash32(`contact-${n}/process/step`) / 2 ** 32) * 10);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    for (const count of buckets) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
