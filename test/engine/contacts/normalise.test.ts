import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailKey, phoneKey } from '../../../engine/contacts/normalise.ts';

describe('mail addresses', () => {
  it.each([
    [' Anna@Example.COM ', 'anna@example.com'],
    ['anna+shop@example.co.uk', 'anna+shop@example.co.uk'],
    ['a.b@example.com', 'a.b@example.com'],
    ['\u200banna@example.com\ufeff', 'anna@example.com'],
    ['ａｎｎａ@example.com', 'anna@example.com'],
    ['info@Почта.рф', 'info@xn--80a1acny.xn--p1ai'],
    ['info@xn--80a1acny.xn--p1ai', 'info@xn--80a1acny.xn--p1ai'],
    ['Пётр@example.com', 'пётр@example.com'],
    ["o'neil@example.com", "o'neil@example.com"],
  ])('%s is known as %s', (text, key) => {
    expect(emailKey(text)).toBe(key);
  });

  it.each([
    ...[
      '',
      'anna',
      '@example.com',
      'anna@',
      'anna@example',
      'anna@@example.com',
      'a b@example.com',
      'anna@exa mple.com',
    ],
    ...[
      'anna@example..com',
      '.anna@example.com',
      'an..na@example.com',
      'anna@127.0.0.1',
      'anna@-example.com',
      'anna@1.2',
    ],
    ...[
      'anna@example.com\r\nBcc: all@example.com',
      'anna@example.com,bob@example.com',
      '"a b"@example.com',
      'anna@example.com/x',
    ],
    ...[
      `${'a'.repeat(65)}@example.com`,
      `a@${'b'.repeat(250)}.com`,
      'Anna <anna@example.com>',
      'anna@host:25',
      'anna@[::1]',
    ],
  ])('%j is none', (text) => {
    expect(emailKey(text)).toBeNull();
  });

  it('a key is its own key, and never holds what could break a header', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary' })), (text) => {
        const key = emailKey(text);
        if (key === null) return;
        expect(emailKey(key)).toBe(key);
        expect(key).not.toMatch(/[\s<>",;]/);
      }),
    );
  });

  it('have the domain that the URL standard makes of it', () => {
    const label = fc.stringMatching(/^(xn--)?[a-z0-9é][a-z0-9-]{0,6}$/);
    fc.assert(
      fc.property(
        fc.array(label, { minLength: 1, maxLength: 4 }),
        fc.stringMatching(/^[a-z0-9é-]{1,6}$/),
        (labels, last) => {
          const key = emailKey(`anna@${[...labels, last].join('.')}`);
          if (key !== null) expect(key).toBe(`anna@${new URL(`http://${[...labels, last].join('.')}`).hostname}`);
        },
      ),
      { numRuns: 2_000 },
    );
    expect(emailKey('anna@xn--a.com')).toBeNull();
  });
});

describe('phone numbers', () => {
  it.each([
    ['8 (912) 345-67-89', '+79123456789'],
    ['+7 912 345 67 89', '+79123456789'],
    ['79123456789', '+79123456789'],
    ['9123456789', '+79123456789'],
    ['8-912-345-67-89', '+79123456789'],
    ['+49 30 901820', '+4930901820'],
    ['+1 (213) 373-4253', '+12133734253'],
  ])('%s is %s', (text, key) => {
    expect(phoneKey(text)).toBe(key);
  });

  it('are read by the region where they have no country code', () => {
    expect(phoneKey('030 901820', 'DE')).toBe('+4930901820');
    expect(phoneKey('8 (912) 345-67-89', 'XX')).toBeNull();
  });

  it.each([
    '',
    '123',
    '+7 912',
    'call me',
    'my number is 8 912 345 67 89',
    '8 912 345 67 89 12 13',
    '+999 123 456 789',
    '1'.repeat(100),
  ])('%j is none', (text) => {
    expect(phoneKey(text)).toBeNull();
  });
});
