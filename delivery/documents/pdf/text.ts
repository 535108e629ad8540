import type { Sheet, Style } from './sheet.ts';

export type Align = 'left' | 'center' | 'right';

/** Height of a line, as a share of the type size. */
const leading = 1.32;

export function lineHeight({ size }: Style): number {
  return size * leading;
}

/** Breaks a text into lines that fit; a word that is wider than a line is broken too. Line breaks of the text stay. */
export function wrap(sheet: Sheet, text: string, style: Style, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(sheet, paragraph.trim(), style, width));
}

function wrapParagraph(sheet: Sheet, text: string, style: Style, width: number): string[] {
  const space = sheet.widthOf(' ', style);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(/[ \t]+/)) {
    const own = sheet.widthOf(word, style);
    if (line !== '' && used + space + own <= width) {
      line += ` ${word}`;
      used += space + own;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = own <= width ? [word] : breakWord(sheet, word, style, width);
    line = pieces.pop() ?? '';
    used = sheet.widthOf(line, style);
    lines.push(...pieces);
  }
  return [...lines, line];
}

function breakWord(sheet: Sheet, word: string, style: Style, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const character of word) {
    const own = sheet.widthOf(character, style);
    if (piece !== '' && used + own > width) {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += character;
    used += own;
  }
  return [...pieces, piece];
}

/** A box in a column: lines, where it stands, and how. */
export interface Cell {
  lines: readonly string[];
  x: number;
  width: number;
  align: Align;
  style: Style;
}

export function drawCell(sheet: Sheet, { lines, x, width, align, style }: Cell, y: number): void {
  for (const [index, text] of lines.entries()) {
    const slack = align === 'left' ? 0 : width - sheet.widthOf(text, style);
    sheet.line(text, x + (align === 'center' ? slack / 2 : slack), y + index * lineHeight(style), style);
  }
}

/** Lines over the full width, going on with the next page where this one ends. */
export function drawLines(sheet: Sheet, lines: readonly string[], style: Style, align: Align): void {
  const height = lineHeight(style);
  for (const text of lines) {
    sheet.need(height);
    drawCell(sheet, { lines: [text], x: sheet.left, width: sheet.width, align, style }, sheet.y);
    sheet.y += height;
  }
}
