import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RenderPool } from '../../delivery/documents/pool.ts';
import { render } from '../../delivery/documents/render.ts';
import { languages } from '../../engine/model/contact.ts';
import { compileScript } from '../delivery/fixtures/child.ts';
import { exampleOf, parsePdf, shipped } from './fixtures.ts';

const cases = [...shipped.keys()].flatMap((key) => languages.map((language) => [key, language] as const));
const draw = (of: ReturnType<typeof exampleOf>) => render({ kind: 'pdf', ...of });

describe('shipped documents', () => {
  it.each(cases)('%s is written in %s, with its number, parties, sums and pages', async (key, language) => {
    const { pages, title } = await parsePdf(await draw(exampleOf(key, language)));
    const text = pages.join(' ');
    const ru = language === 'ru';
    expect(title).toContain('T-2026-0042');
    for (const part of [
      'T-2026-0042',
      'ООО «Поляна»',
      'ООО «Ромашка»',
      'Обучение менеджеров, два дня в офисе',
      ru ? '202 251,00' : '202,251.00',
      ru ? '32 780,47' : '32,780.47',
      ru
        ? 'Двести две тысячи двести пятьдесят один рубль 00 копеек'
        : 'Two hundred and two thousand two hundred and fifty-one rubles 00 kopecks',
      // 21:30 UTC is the next day in Moscow.
      ru ? '23 ноября 2026 г.' : '23 November 2026',
      ru ? 'Страница 1 из 1' : 'Page 1 of 1',
    ]) {
      expect(text.replaceAll('\u00a0', ' ')).toContain(part);
    }
    expect(text).not.toMatch(/\{\{|undefined|\[object/);
  });

  it('have the same bytes whenever they are made, whatever was made between', async () => {
    for (const [key, language] of cases) {
      const first = await draw(exampleOf(key, language));
      await draw(exampleOf('invoice', 'ru', { items: [{ name: 'Ещё одна строка ѣ', quantity: 1, price: 7 }] }));
      expect(Buffer.from(await draw(exampleOf(key, language))).equals(Buffer.from(first))).toBe(true);
    }
  });

  it('say that they are drafts while they have no number', async () => {
    const { number: _, ...snapshot } = exampleOf('invoice', 'ru').snapshot;
    const { pages } = await parsePdf(await draw({ ...exampleOf('invoice', 'ru'), snapshot }));
    expect(pages[0]).toContain('Счёт на оплату № ЧЕРНОВИК');
  });
});

describe('long documents', () => {
  it('break their table over pages, each with the head, and lose no line', async () => {
    const items = Array.from({ length: 300 }, (_, n) => ({
      name: `Позиция-${n + 1}-я`,
      quantity: 1,
      price: n,
      tax: 20,
    }));
    const { pages } = await parsePdf(await draw(exampleOf('invoice', 'ru', { items })));
    expect(pages.length).toBeGreaterThan(5);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`Страница ${index + 1} из ${pages.length}`);
      if (page.includes('Позиция-')) expect(page).toContain('Наименование');
    }
    const found = pages.join(' ').match(/Позиция-\d+-я/g);
    expect(found).toEqual(items.map(({ name }) => name));
    // Totals stand whole on one page.
    const last = pages.find((page) => page.includes('Всего к оплате'));
    expect(last).toContain('Итого без НДС');
  });

  it('go on with a line that no page can hold, and break words that no column can hold', async () => {
    const words = Array.from({ length: 2_500 }, (_, n) => `слово${n}`);
    const items = [
      { name: words.join(' ').slice(0, 20_000), quantity: 1, price: 1 },
      { name: 'Ж'.repeat(300), quantity: 1, price: 1 },
    ];
    const { pages } = await parsePdf(await draw(exampleOf('invoice', 'ru', { items })));
    const text = pages.join(' ');
    expect(pages.length).toBeGreaterThan(1);
    for (const n of [0, 700, 1_500, 2_000]) expect(text).toContain(` слово${n} `);
    expect(text.replaceAll(' ', '')).toContain('Ж'.repeat(300));
  });
});

describe('rendering threads', () => {
  let pool: RenderPool;
  let script: URL;
  beforeAll(async () => {
    script = pathToFileURL(await compileScript('delivery/documents/worker.ts'));
    pool = new RenderPool({ script, threads: 2 });
  });
  afterAll(async () => await pool.close());

  it('give the same bytes as this one', async () => {
    const of = exampleOf('contract', 'ru');
    const [first, second] = await Promise.all([1, 2].map(() => pool.render({ kind: 'pdf', ...of })));
    const here = Buffer.from(await draw(of));
    expect(Buffer.from(first ?? []).equals(here)).toBe(true);
    expect(Buffer.from(second ?? []).equals(here)).toBe(true);
  });

  it('give the same bytes, and text that can be read, after documents of other letters', async () => {
    const name = 'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿ ЁЙёйЇї';
    await draw(exampleOf('invoice', 'en', { items: [{ name, quantity: 1, price: 1 }] }));
    const of = exampleOf('proposal', 'en');
    const later = await draw(of);
    const fresh = new RenderPool({ script, threads: 1 });
    const first = await fresh.render({ kind: 'pdf', ...of });
    await fresh.close();
    expect(Buffer.from(later).equals(Buffer.from(first))).toBe(true);
    expect((await parsePdf(later)).pages.join(' ')).toContain('Thank you for your interest. This is what we propose.');
  });

  it('draw an invoice of 10,000 lines while this one goes on', async () => {
    const items = Array.from({ length: 10_000 }, (_, n) => ({
      name: `Позиция ${n}`,
      quantity: 2,
      price: 10.5,
      tax: 20,
    }));
    let beats = 0;
    const heart = setInterval(() => beats++, 5);
    const bytes = await pool.render({ kind: 'pdf', ...exampleOf('invoice', 'ru', { items }) });
    clearInterval(heart);
    expect(beats).toBeGreaterThan(10);
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(bytes.length).toBeLessThan(20 * 1024 * 1024);
  });

  it('answer what is wrong with its code, and go on', async () => {
    const of = exampleOf('invoice', 'en', { data: { due: 'tomorrow' } });
    await expect(pool.render({ kind: 'check', ...of })).rejects.toMatchObject({
      code: 'TEMPLATE_INVALID',
      message: expect.stringMatching(/invoice\/en\.json: blocks\[\d\]: .*"tomorrow"/),
    });
    await expect(pool.render({ kind: 'check', ...exampleOf('invoice', 'en') })).resolves.toHaveLength(0);
  });

  it('end, and the next document begins another one', async () => {
    await pool.close();
    await expect(pool.render({ kind: 'check', ...exampleOf('invoice', 'en') })).resolves.toHaveLength(0);
  });
});
