import * as fc from 'fast-check';
import { assert, bigInt, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber, formatUnits, toUnits } from '../../engine/documents/money.ts';
import { documentContent } from '../../engine/documents/request.ts';
import { totalsOf } from '../../engine/documents/totals.ts';
import { sumInWords } from '../../engine/documents/words.ts';

const cents = (units: number) => units / 100;
const item = record({
  name: fc.constant('x'),
  quantity: integer({ min: 1, max: 5_000_000 }).map((thousandths) => thousandths / 1_000),
  price: integer({ min: 0, max: 100_000_000 }).map(cents),
  tax: constantFrom(undefined, 0, 5, 7, 10, 20, 22),
});

describe('totals of documents', () => {
  it('add up in every column, and each line is off by less than half of the smallest unit', () => {
    assert(
      property(fc.array(item, { maxLength: 40 }), fc.boolean(), (items, taxIncluded) => {
        const totals = totalsOf(items, 'RUB', taxIncluded);
        expect(totals.net + totals.tax).toBe(totals.gross);
        for (const name of ['net', 'tax', 'gross'] as const) {
          expect(totals.lines.reduce((sum, line) => sum + line[name], 0n)).toBe(totals[name]);
        }
        expect(totals.taxes.reduce((sum, { tax }) => sum + tax, 0n)).toBe(totals.tax);
        for (const { item, net, tax, gross } of totals.lines) {
          const exact = item.quantity * item.price * 100;
          expect(Math.abs(Number(taxIncluded ? gross : net) - exact)).toBeLessThanOrEqual(0.5 + exact * 1e-9);
          const base = Number(taxIncluded ? gross : net);
          const rate = item.tax ?? 0;
          const due = taxIncluded ? (base * rate) / (100 + rate) : (base * rate) / 100;
          expect(Math.abs(Number(tax) - due)).toBeLessThanOrEqual(0.5 + due * 1e-9);
        }
      }),
    );
  });

  it('follow the worked example: 20 % within 120 000, 10 % on top of 99.99', () => {
    expect(totalsOf([{ name: 'a', quantity: 1, price: 120_000, tax: 20 }], 'RUB', true)).toMatchObject({
      net: 10_000_000n,
      tax: 2_000_000n,
      gross: 12_000_000n,
    });
    expect(totalsOf([{ name: 'a', quantity: 3, price: 33.33, tax: 10 }], 'EUR', false)).toMatchObject({
      net: 9_999n,
      tax: 1_000n,
      gross: 10_999n,
    });
    expect(totalsOf([{ name: 'a', quantity: 2, price: 150 }], 'JPY', true)).toMatchObject({ digits: 0, gross: 300n });
  });

  it.each([
    [{ quantity: 1, price: -5 }, 'must not be negative: write a discount into the price of its line'],
    [{ quantity: 0, price: 5 }, 'must be more than 0: leave the line out instead'],
    [{ quantity: 1, price: 5.001 }, 'use at most 2 decimals: an amount in RUB has no more'],
    [{ quantity: 0.00001, price: 5 }, 'use at most 3 decimals'],
  ])('refuse %j and say what to do', (given, message) => {
    const parsed = documentContent.safeParse({ template: 'invoice', items: [{ name: 'x', ...given }] });
    expect(parsed.error?.issues[0]?.message).toBe(message);
  });

  it('say how many lines are possible', () => {
    const items = Array.from({ length: 10_001 }, () => ({ name: 'x', quantity: 1, price: 1 }));
    const parsed = documentContent.safeParse({ template: 'invoice', items });
    expect(parsed.error?.issues[0]?.message).toBe('a document has at most 10000 lines: split it');
  });
});

describe('amounts', () => {
  it('are read back from how they are written', () => {
    assert(
      property(bigInt({ min: 0n, max: 10n ** 15n }), constantFrom(0, 2, 3), (units, digits) => {
        const back = formatUnits(units, digits, 'ru').replaceAll('\u00a0', '').replace(',', '');
        expect(BigInt(back)).toBe(units);
        expect(formatUnits(units, digits, 'en')).toMatch(/^\d{1,3}(,\d{3})*(\.\d+)?$/);
      }),
    );
    expect(formatUnits(123_456_750n, 2, 'ru')).toBe('1\u00a0234\u00a0567,50');
    expect(formatUnits(5n, 2, 'en')).toBe('0.05');
    expect([formatNumber(2, 'ru'), formatNumber(12.5, 'ru'), formatNumber(1_000, 'en')]).toEqual([
      '2',
      '12,5',
      '1,000',
    ]);
    expect(toUnits(1.005, 2)).toBeNull();
  });
});

describe('sums in words', () => {
  it.each([
    [0n, 'RUB', 'Ноль рублей 00 копеек', 'Zero rubles 00 kopecks'],
    [101n, 'RUB', 'Один рубль 01 копейка', 'One ruble 01 kopeck'],
    [222_22n, 'RUB', 'Двести двадцать два рубля 22 копейки', 'Two hundred and twenty-two rubles 22 kopecks'],
    [2_001_11n, 'RUB', 'Две тысячи один рубль 11 копеек', 'Two thousand and one rubles 11 kopecks'],
    [1_000_000_00n, 'USD', 'Один миллион долларов США 00 центов', 'One million US dollars 00 cents'],
    [14_05n, 'EUR', 'Четырнадцать евро 05 центов', 'Fourteen euros 05 cents'],
    [100_50n, 'CHF', 'Сто CHF 50/100', 'One hundred CHF 50/100'],
  ])('%s of %s', (units, currency, ru, en) => {
    expect(sumInWords(units, 2, currency, 'ru')).toBe(ru);
    expect(sumInWords(units, 2, currency, 'en')).toBe(en);
  });

  it('can be read back to the sum, in both languages', () => {
    assert(
      property(integer({ min: 0, max: 2_000_000_000 }), integer({ min: 0, max: 99 }), (major, minor) => {
        const units = BigInt(major) * 100n + BigInt(minor);
        for (const language of ['ru', 'en'] as const) {
          const words = sumInWords(units, 2, 'RUB', language).toLowerCase();
          expect(readWords(words)).toBe(major);
          expect(words).toContain(` ${String(minor).padStart(2, '0')} `);
        }
      }),
      { numRuns: 500 },
    );
  });
});

const values: Record<string, number> = {
  один: 1,
  одна: 1,
  два: 2,
  две: 2,
  три: 3,
  четыре: 4,
  пять: 5,
  шесть: 6,
  семь: 7,
  восемь: 8,
  девять: 9,
  десять: 10,
  одиннадцать: 11,
  двенадцать: 12,
  тринадцать: 13,
  четырнадцать: 14,
  пятнадцать: 15,
  шестнадцать: 16,
  семнадцать: 17,
  восемнадцать: 18,
  девятнадцать: 19,
  двадцать: 20,
  тридцать: 30,
  сорок: 40,
  пятьдесят: 50,
  шестьдесят: 60,
  семьдесят: 70,
  восемьдесят: 80,
  девяносто: 90,
  сто: 100,
  двести: 200,
  триста: 300,
  четыреста: 400,
  пятьсот: 500,
  шестьсот: 600,
  семьсот: 700,
  восемьсот: 800,
  девятьсот: 900,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};

/** A reader of number words of its own, so that the writer is not asked about itself. */
function readWords(words: string): number {
  let total = 0;
  let group = 0;
  for (const word of words.split(/[ -]/)) {
    if (word === 'hundred') group *= 100;
    else if (/^(тысяч|thousand)/.test(word)) [total, group] = [total + group * 1e3, 0];
    else if (/^(миллион|million)/.test(word)) [total, group] = [total + group * 1e6, 0];
    else if (/^(миллиард|billion)/.test(word)) [total, group] = [total + group * 1e9, 0];
    else group += values[word] ?? 0;
  }
  return total + group;
}
