import { once } from 'node:events';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { packageRoot } from '../config/root.ts';
import { Filler } from '../delivery/documents/fill.ts';
import { loadDocumentTemplates } from '../delivery/documents/load.ts';
import { drawBlock } from '../delivery/documents/pdf/blocks.ts';
import { freshFonts } from '../delivery/documents/pdf/fonts.ts';
import { hairline, ink, Sheet, type Style } from '../delivery/documents/pdf/sheet.ts';
import { RenderPool } from '../delivery/documents/pool.ts';
import { type RenderTask, render } from '../delivery/documents/render.ts';
import { snapshotOf } from '../engine/documents/snapshot.ts';
import { defaultPolicy } from '../engine/library.ts';
import type { ContactPolicy } from '../engine/schema/contact-policy.ts';
import { ghostContact } from '../engine/simulate/contact.ts';
import type { Benchmark } from './frame/benchmark.ts';
import { compare, median, perSecond, repeat } from './frame/rounds.ts';

const company: ContactPolicy['company'] = {
  ...defaultPolicy.company,
  name: 'ООО «Поляна»',
  timezone: 'Europe/Moscow',
  language: 'ru',
  address: '109004, Москва, ул. Садовая, 12',
  details: { taxId: '7701234567', account: '40702810000000000001', bank: 'АО «Первый банк», г. Москва' },
};

/** One-page Cyrillic invoices drawn in a second, against pdfkit alone with the same things at the same places. */
export const documents: Benchmark = {
  name: 'documents',
  title: 'One-page Cyrillic invoices drawn in a second, against pdfkit alone with the same things at the same places',
  pure: true,
  async run(setting) {
    const count = setting.quick ? 5 : 200;
    const task = await invoice();
    const strokes = await record(task);
    const { ours, theirs, ratio } = await compare(
      {
        ours: contestant('From template and data to the bytes', count, async () => void (await render(task))),
        theirs: contestant('pdfkit alone', count, async () => void (await drawBare(strokes))),
      },
      'documents/s',
      setting,
    );
    const pool = new RenderPool();
    const threads = await repeat(
      contestant('In the rendering threads of a process', count, () => pool.render(task)),
      'documents/s',
      setting,
    );
    await pool.close();
    return {
      figures: [ours, theirs, threads],
      aims: [
        { name: 'Documents against pdfkit alone', unit: '×', value: ratio, atLeast: 0.8 },
        { name: 'One-page Cyrillic invoices', unit: 'documents/s', value: median(threads.rounds), atLeast: 50 },
      ],
      conditions: { 'Invoices per round': count, 'Texts, lines and boxes on the page': strokes.length },
    };
  },
};

function contestant(name: string, count: number, draw: () => Promise<unknown>) {
  const drawAll = async () => {
    for (let n = 0; n < count; n++) await draw();
  };
  return {
    name,
    // As in a process that has been at work for a while.
    warmUp: drawAll,
    measure: () => perSecond(count, drawAll),
  };
}

async function invoice(): Promise<RenderTask> {
  const loaded = (await loadDocumentTemplates(join(packageRoot, 'templates'))).get('invoice');
  if (loaded === undefined) throw new Error('the invoice is not shipped');
  const { content, contact } = loaded.head.example;
  const item = { name: 'Обучение менеджеров, два дня в офисе', quantity: 2, unit: 'день', price: 35_000.5, tax: 20 };
  const order = {
    contact: { ...ghostContact({ id: 'anna' }, 0).contact, ...contact, language: 'ru' as const, attributes: {} },
    company,
    content: { ...content, items: Array.from({ length: 10 }, () => item) },
    now: Date.UTC(2026, 10, 22),
  };
  const snapshot = { ...snapshotOf(order), number: 'INV-2026-0042' };
  return { kind: 'pdf', template: loaded.versions.ru, snapshot };
}

/** One thing on a page, as pdfkit is told to draw it. */
type Stroke = (doc: PDFKit.PDFDocument) => unknown;

/** Remembers what is drawn where. */
class Recorder extends Sheet {
  readonly strokes: Stroke[] = [];

  override line(text: string, x: number, y: number, { font, size, color = ink }: Style): void {
    this.strokes.push((doc) => doc.font(font).fontSize(size).fillColor(color).text(text, x, y, { lineBreak: false }));
  }

  override box(x: number, y: number, width: number, height: number, color: string): void {
    this.strokes.push((doc) => doc.rect(x, y, width, height).fill(color));
  }

  override rule(x: number, y: number, width: number, color: string = hairline): void {
    const end = x + width;
    this.strokes.push((doc) => doc.moveTo(x, y).lineTo(end, y).lineWidth(0.5).strokeColor(color).stroke());
  }
}

/** What our layout places on the page, foot and all. */
async function record({ template, snapshot }: RenderTask): Promise<Stroke[]> {
  const { title, author, at, language, blocks } = new Filler().fill(template, snapshot);
  const sheet = new Recorder({ title, author, at, language });
  for (const block of blocks) drawBlock(sheet, block);
  await sheet.finish((page, pages) => [title, `Страница ${page} из ${pages}`]);
  return sheet.strokes;
}

/** What somebody would write who has the layout in their head: the fonts are parsed already, nothing is compressed. */
async function drawBare(strokes: readonly Stroke[]): Promise<Buffer> {
  const doc = new PDFDocument({ size: 'A4', margin: 0, compress: false });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(doc, 'end');
  const { regular, bold } = freshFonts();
  doc.registerFont('regular', regular).registerFont('bold', bold);
  for (const stroke of strokes) stroke(doc);
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}
