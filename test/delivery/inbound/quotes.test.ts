import { describe, expect, it } from 'vitest';
import { readMail } from '../../../delivery/inbound/parse.ts';
import { foldQuotes } from '../../../delivery/inbound/quotes.ts';
import { mail } from './fixtures.ts';

async function folded(name: string) {
  return foldQuotes((await readMail(mail(name))).text);
}

describe('quotes of real mail programs', () => {
  it('Gmail in Russian', async () => {
    const { text, quoted } = await folded('gmail-ru');
    expect(text).toBe('Добрый день! Курьер так и не приехал.\nКогда ждать?');
    expect(quoted).toMatch(/^ср, 5 нояб\. 2025 г\. в 12:34, Поляна <support@example\.com>:/);
    expect(quoted).toContain('> Заказ передан курьеру.');
  });

  it('Gmail in English, its line above the quote broken in two', async () => {
    const { text, quoted } = await folded('gmail-en');
    expect(text).toBe('It still has not come. Please call me.');
    expect(quoted).toContain('> it is on its way.');
    expect(quoted).toContain('On Wed, Nov 5, 2025');
  });

  it('Outlook in Russian, in KOI8-R', async () => {
    const { text, quoted } = await folded('outlook-ru');
    expect(text).toMatch(/^Счёт пришёл дважды, оплатили один раз\./);
    expect(text).not.toContain('направляем счёт');
    expect(quoted).toContain('Отправлено: 5 ноября 2025 г. 14:15');
    expect(quoted).toContain('Добрый день, направляем счёт.');
  });

  it('Outlook in English, HTML alone', async () => {
    const { text, quoted } = await folded('outlook-en');
    expect(text).toMatch(/^Please send it again\./);
    expect(text).not.toContain('Dear Jane');
    expect(quoted).toContain('Dear Jane, the invoice is attached.');
  });

  it('iPhone in Russian with its signature', async () => {
    const { text, quoted } = await folded('iphone-ru');
    expect(text).toBe('Спасибо, деньги пришли');
    expect(quoted).toContain('Отправлено с iPhone');
    expect(quoted).toContain('Возврат оформлен.');
  });

  it('Mail.ru with a signature above the quote', async () => {
    const { text, quoted } = await folded('mailru');
    expect(text).toBe('Подтверждаю адрес.');
    expect(quoted).toContain('Кирилл');
    expect(quoted).toContain('Проверьте, пожалуйста, адрес.');
  });

  it('leaves quotes between the lines of an answer, which means nothing without them', async () => {
    const { text } = await folded('yandex-interleaved');
    expect(text).toContain('> Какой размер нужен?\n\nСорок второй.\n\n> Какого цвета?\n\nСинего.');
  });
});

describe('what is no quote', () => {
  it.each([
    ['From: the beginning I was unhappy.\nAnd I still am.'],
    ['Прошу вернуть деньги.\n\nОт: меня лично.'],
    ['> only a quote'],
    ['05.11.2025 я заказала у вас лампу:\nона не горит'],
    [''],
  ])('%j stays', (text) => {
    expect(foldQuotes(text)).toEqual({ text });
  });

  it('loses not a word of anything', () => {
    const whole =
      'Hello\n\nOn Wed, Nov 5, 2025 at 9:34 AM Shop <a@b.example> wrote:\n> one\n> two\n\nBye\n\n-- \nJohn\n+7 912 345-67-89';
    const { text, quoted = '' } = foldQuotes(whole);
    for (const word of whole.match(/[\p{L}\p{N}]+/gu) ?? []) expect(`${text}\n${quoted}`).toContain(word);
  });

  it.each([
    ['lines without end', 'On '.repeat(60_000)],
    ['empty lines', `a${'\n'.repeat(90_000)}b`],
    ['openings of quotes', 'Op x\n'.repeat(19_000)],
    ['openings of attributions', 'On a b\n'.repeat(14_000)],
    ['brackets', `${'<'.repeat(1_900)}\n`.repeat(50)],
    ['blanks', `a${' '.repeat(300_000)}b`],
    ['dates', '05.11.2025 '.repeat(8_000)],
  ])('takes no time over %s', (_, text) => {
    const began = performance.now();
    foldQuotes(text);
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
