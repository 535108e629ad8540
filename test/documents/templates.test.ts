import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import mammoth from 'mammoth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../config/root.ts';
import { loadDocumentTemplates } from '../../delivery/documents/load.ts';
import { render } from '../../delivery/documents/render.ts';
import { dataProblems } from '../../engine/documents/missing.ts';
import { languages } from '../../engine/model/contact.ts';
import { exampleOf, parsePdf, shipped } from './fixtures.ts';

let folder: string;
const home = (file: string) => join(folder, 'documents', 'contract', file);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'voronka-templates-'));
  mkdirSync(join(folder, 'documents'));
  cpSync(join(packageRoot, 'templates', 'documents', 'contract'), home(''), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(home(file), change(readFileSync(home(file), 'utf8')));
}

describe('a document template', () => {
  it.each([
    [
      'client.name',
      'client.nam',
      /contract: ru\.json\.blocks.*unknown field of client "client\.nam"|"nam", did you mean "name"\?/,
    ],
    ['{{issued}}', '{{isued}}', /unknown name "isued", did you mean "issued"\?/],
    ['{{data.term}}', '{{data.terms}}', /unknown field of data "terms", did you mean "term"\?/],
    ['{{gross}}', '{{gros}}', /unknown name in a line "gros", did you mean "gross"\?/],
    ['{{issued}}', '{{dat issued}}', /unknown helper "dat", did you mean "date"\?/],
    ['{{issued}}', '{{#if issued}}', /this is no Handlebars text/],
    ['"type": "signatures"', '"type": "signature"', /ru\.json: blocks/],
  ])('with %s written as %s is refused when it is loaded', async (right, wrong, message) => {
    rewrite('ru.json', (text) => text.replace(right, wrong));
    await expect(loadDocumentTemplates(folder)).rejects.toMatchObject({
      code: 'TEMPLATE_INVALID',
      message: expect.stringMatching(message),
    });
  });

  it('that is not written in a language is refused', async () => {
    rmSync(home('en.json'));
    await expect(loadDocumentTemplates(folder)).rejects.toThrow(/en\.json is missing: write it/);
  });

  it('with a .docx that is none is refused, and so is one with an unknown name', async () => {
    writeFileSync(home('ru.docx'), 'Договор, но не Word');
    await expect(loadDocumentTemplates(folder)).rejects.toThrow(/ru\.docx is no Word document/);
    const zip = await JSZip.loadAsync(readFileSync(join(packageRoot, 'templates/documents/contract/ru.docx')));
    const xml = await zip.file('word/document.xml')?.async('string');
    for (const [right, wrong, message] of [
      ['{totals.words}', '{totals.wrds}', /unknown field of totals "wrds", did you mean "words"\?/],
      ['{gross}{/items}', '{gross}', /ru\.docx: \{#items\} is not closed/],
    ] as const) {
      zip.file('word/document.xml', xml?.replace(right, wrong) ?? '');
      writeFileSync(home('ru.docx'), await zip.generateAsync({ type: 'nodebuffer' }));
      await expect(loadDocumentTemplates(folder)).rejects.toThrow(message);
    }
  });

  it('has another hash when anything of it changes', async () => {
    const before = (await loadDocumentTemplates(folder)).get('contract');
    expect(before?.versions).toEqual(shipped.get('contract')?.versions);
    rewrite('ru.json', (text) => text.replace('Исполнитель выполняет', 'Исполнитель честно выполняет'));
    const after = (await loadDocumentTemplates(folder)).get('contract');
    expect(after?.versions.ru.hash).not.toBe(before?.versions.ru.hash);
    expect(after?.versions.en.hash).toBe(before?.versions.en.hash);
  });
});

describe('data of a document', () => {
  it('that is missing or unknown is named with its cure', () => {
    const { snapshot } = exampleOf('invoice', 'ru', { contact: { attributes: {} }, data: { duee: '2026-12-01' } });
    const needs = {
      required: ['client.name', 'contact.attributes.taxId', 'totals.gross'],
      fields: { due: { required: true } },
    };
    expect(dataProblems(needs, snapshot)).toEqual([
      {
        path: 'data.duee',
        code: 'unknown-field',
        message: 'the template has no field "duee", did you mean "due"?',
        suggestion: 'due',
      },
      {
        path: 'client.name',
        code: 'missing-data',
        message: expect.stringContaining('company or a name on the contact'),
      },
      {
        path: 'contact.attributes.taxId',
        code: 'missing-data',
        message:
          'contact.attributes.taxId is missing: fill in contact.attributes.taxId on the contact, or put the place of the template that reads it into {{#if contact.attributes.taxId}}',
      },
      { path: 'data.due', code: 'missing-data', message: expect.stringContaining('give it with the document') },
    ]);
  });
});

describe('a Word document', () => {
  it.each(languages)('is filled in %s, and the same inputs give the same bytes', async (language) => {
    const of = exampleOf('contract', language);
    const bytes = await render({ kind: 'docx', ...of });
    expect(Buffer.from(await render({ kind: 'docx', ...of })).equals(Buffer.from(bytes))).toBe(true);
    const zip = await JSZip.loadAsync(bytes);
    expect(Object.keys(zip.files)[0]).toBe('[Content_Types].xml');
    const xml = (await zip.file('word/document.xml')?.async('string')) ?? '';
    const rows = xml.split('<w:tr>').map((row) => row.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' '));
    const ru = language === 'ru';
    expect(rows.filter((row) => /Настройка|Обучение|Печатные/.test(row))).toHaveLength(3);
    expect(rows.join(' ')).toContain(
      ru ? 'Двести две тысячи двести пятьдесят один рубль' : 'fifty-one rubles 00 kopecks',
    );
    expect(rows.join(' ')).toContain('ООО «Ромашка»');
    expect(rows.join(' ')).not.toMatch(/[{}]/);
    const foot = await zip.file('word/footer1.xml')?.async('string');
    expect(foot).toContain('T-2026-0042');
  });

  it.each(languages)(
    'says in %s what the PDF of the same contract says, to a reader that is none of ours',
    async (language) => {
      const of = exampleOf('contract', language);
      const [word, pdf] = await Promise.all([render({ kind: 'docx', ...of }), render({ kind: 'pdf', ...of })]);
      const { value, messages } = await mammoth.extractRawText({ buffer: Buffer.from(word) });
      expect(messages).toEqual([]);
      const { pages } = await parsePdf(pdf);
      const [inWord, inPdf] = [value, pages.join(' ')].map((text) => text.replaceAll(/\s+/g, ' '));
      const amounts = inWord?.match(/\d{3}[.,]\d{2}(?!\d)/g) ?? [];
      expect(amounts.length).toBeGreaterThanOrEqual(8);
      const { number, contact, items } = of.snapshot;
      // A cell of a table goes on in the next line, so its words are looked for one by one.
      const words = items.flatMap(({ name }) => name.match(/\p{L}{4,}/gu) ?? []);
      for (const fact of [...amounts, ...words, String(number), String(contact.company)]) {
        expect([inWord, inPdf].map((text) => text?.includes(fact) === true || fact)).toEqual([true, true]);
      }
    },
  );

  it('names what is missing', async () => {
    const of = exampleOf('contract', 'ru', { contact: {} });
    await expect(render({ kind: 'docx', ...of })).rejects.toMatchObject({ code: 'TEMPLATE_VARIABLE_MISSING' });
  });
});
