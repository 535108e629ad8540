import PDFDocument from 'pdfkit';
import { type FontName, freshFonts } from './fonts.ts';

export interface Style {
  font: FontName;
  /** Points. */
  size: number;
  color?: string;
}

export interface Head {
  title: string;
  author: string;
  language: string;
  /** Epoch ms. */
  at: number;
}

export const ink = '#1c2430';
export const soft = '#667085';
export const hairline = '#cfd5de';
export const tint = '#f1f3f7';

const margin = { top: 48, right: 48, bottom: 60, left: 56 };

/** Widths of words at size 1: documents of a company say much the same, and to measure costs as much as to draw. */
const widths = new Map<string, number>();
const maxWidths = 20_000;

/** Pages on which text is placed by hand, from the top down. Lengths are points, A4 is 595 × 842. */
export class Sheet {
  readonly left: number = margin.left;
  readonly width: number;
  /** Where the next thing begins. */
  y: number = margin.top;
  readonly #doc: PDFKit.PDFDocument;
  readonly #bottom: number;
  readonly #chunks: Buffer[] = [];

  constructor({ title, author, language, at }: Head) {
    const doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      // What a deflate writes depends on the release of zlib, and a document must come out the same in ten years.
      compress: false,
      // Nothing is written in pdfkit's own Helvetica, and to read its metrics takes as long as a table.
      font: '',
      lang: language,
      displayTitle: true,
      info: { Title: title, Author: author, CreationDate: new Date(at) },
    });
    doc.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    const { regular, bold } = freshFonts();
    doc.registerFont('regular', regular).registerFont('bold', bold);
    this.#doc = doc;
    this.width = doc.page.width - margin.left - margin.right;
    this.#bottom = doc.page.height - margin.bottom;
  }

  /** What is left of this page. */
  get room(): number {
    return this.#bottom - this.y;
  }

  /** What an empty page has. */
  get fullRoom(): number {
    return this.#bottom - margin.top;
  }

  newPage(): void {
    this.#doc.addPage();
    this.y = margin.top;
  }

  /** Goes to the next page unless so much is left of this one, or this one is empty. */
  need(height: number): void {
    if (height > this.room && this.y > margin.top) this.newPage();
  }

  widthOf(text: string, { font, size }: Style): number {
    const key = `${font}${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known * size;
    const width = this.#doc.font(font).fontSize(1_000).widthOfString(text) / 1_000;
    if (widths.size >= maxWidths) widths.clear();
    widths.set(key, width);
    return width * size;
  }

  /** One line, its top at `y`. */
  line(text: string, x: number, y: number, { font, size, color = ink }: Style): void {
    if (text === '') return;
    this.#doc.font(font).fontSize(size).fillColor(color).text(text, x, y, { lineBreak: false });
  }

  box(x: number, y: number, width: number, height: number, color: string): void {
    this.#doc.rect(x, y, width, height).fill(color);
  }

  rule(x: number, y: number, width: number, color: string = hairline): void {
    this.#doc
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(0.5)
      .strokeColor(color)
      .stroke();
  }

  /** Writes the foot of every page, and ends the file. */
  async finish(foot: (page: number, pages: number) => [left: string, right: string]): Promise<Buffer> {
    const doc = this.#doc;
    const { count } = doc.bufferedPageRange();
    const style: Style = { font: 'regular', size: 7.5, color: soft };
    const y = this.#bottom + 18;
    for (let page = 0; page < count; page++) {
      doc.switchToPage(page);
      const [left, right] = foot(page + 1, count);
      this.rule(this.left, y - 6, this.width);
      this.line(left, this.left, y, style);
      this.line(right, this.left + this.width - this.widthOf(right, style), y, style);
    }
    const ended = new Promise((resolve, reject) => doc.once('end', resolve).once('error', reject));
    doc.end();
    await ended;
    return Buffer.concat(this.#chunks);
  }
}
