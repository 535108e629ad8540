import { expect, it } from 'vitest';
import { mailHeaders } from '../../studio/src/mailbox/headers.ts';
import { durationText, relativeTime } from '../../studio/src/parts/time.ts';

it('says ISO 8601 durations in words', () => {
  expect(durationText('P1DT2H', 'en')).toBe('1 day 2 hours');
  expect(durationText('-P3D', 'ru')).toBe('−3 дня');
  expect(durationText('PT30M', 'ru')).toBe('30 минут');
  expect(durationText('P1M', 'en')).toBe('1 month');
  for (const text of ['P', 'Peter', 'PT', '']) expect(durationText(text, 'en')).toBe(text);
});

it('says how long ago or ahead, rounded towards now', () => {
  const now = Date.UTC(2026, 0, 10);
  const hour = 3_600_000;
  expect(relativeTime(now - 20_000, now, 'en')).toBe('now');
  expect(relativeTime(now - 1.9 * hour, now, 'en')).toBe('1 hour ago');
  expect(relativeTime(now + 50 * hour, now, 'ru')).toBe('послезавтра');
  expect(relativeTime(now - 5 * hour, now, 'ru')).toBe('5 часов назад');
});

it('unfolds the headers of a mail and decodes their words', () => {
  const source = [
    'Subject: =?UTF-8?B?0J/RgNC4?=',
    ' =?utf-8?Q?=D0=B2=D0=B5=D1=82=2C_=D0=BC=D0=B8=D1=80?=',
    'From: "A: b" <a@example.com>',
    'X-Odd: =?no-such-charset?Q?abc?=',
    '',
    'Body: not a header',
  ].join('\r\n');
  expect(mailHeaders(source)).toEqual([
    { name: 'Subject', value: 'Привет, мир' },
    { name: 'From', value: '"A: b" <a@example.com>' },
    { name: 'X-Odd', value: '=?no-such-charset?Q?abc?=' },
  ]);
});
