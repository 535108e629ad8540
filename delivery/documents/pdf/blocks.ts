import type { FilledBlock } from '../fill.ts';
import { ink, type Sheet, type Style, soft } from './sheet.ts';
import { drawItems } from './table.ts';
import { type Cell, drawCell, drawLines, lineHeight, wrap } from './text.ts';

const normal: Style = { font: 'regular', size: 9.5 };
const strong: Style = { font: 'bold', size: 9.5 };
const small: Style = { font: 'regular', size: 8, color: soft };
const headings: Record<number, Style> = { 1: { font: 'bold', size: 16 }, 2: { font: 'bold', size: 11 } };
const gap = 8;

export function drawBlock(sheet: Sheet, block: FilledBlock): void {
  switch (block.type) {
    case 'heading': {
      const style = headings[block.level] ?? strong;
      const lines = wrap(sheet, block.text, style, sheet.width);
      // Never the last thing on a page.
      sheet.need(lines.length * lineHeight(style) + 4 * lineHeight(normal));
      drawLines(sheet, lines, style, 'left');
      break;
    }
    case 'text': {
      const style = { normal, strong, small }[block.style];
      drawLines(sheet, wrap(sheet, block.text, style, sheet.width), style, block.align);
      break;
    }
    case 'facts':
      for (const row of block.rows) drawFact(sheet, row);
      break;
    case 'columns':
      drawColumns(sheet, block.columns);
      break;
    case 'items':
      drawItems(sheet, block);
      break;
    case 'signatures':
      drawSignatures(sheet, block.parties);
      break;
    case 'rule':
      sheet.need(gap);
      sheet.rule(sheet.left, sheet.y, sheet.width);
      break;
    case 'page-break':
      sheet.newPage();
      return;
  }
  sheet.y += gap;
}

/** What it is called on the left, what it is on the right. */
function drawFact(sheet: Sheet, { label, value }: { label: string; value: string }): void {
  const share = 0.27;
  const left = sheet.width * share;
  const name: Style = { ...normal, color: soft };
  const names = wrap(sheet, label, name, left - gap);
  const values = wrap(sheet, value, normal, sheet.width - left);
  const height = Math.max(names.length, values.length) * lineHeight(normal);
  if (height > sheet.fullRoom) {
    drawLines(sheet, names, name, 'left');
    drawLines(sheet, values, normal, 'left');
    return;
  }
  sheet.need(height);
  drawCell(sheet, { lines: names, x: sheet.left, width: left, align: 'left', style: name }, sheet.y);
  drawCell(
    sheet,
    { lines: values, x: sheet.left + left, width: sheet.width - left, align: 'left', style: normal },
    sheet.y,
  );
  sheet.y += height + 2;
}

function drawColumns(sheet: Sheet, columns: Extract<FilledBlock, { type: 'columns' }>['columns']): void {
  const share = sheet.width / columns.length;
  const width = share - 2 * gap;
  const parts = columns.map(({ heading, lines }, index) => ({
    x: sheet.left + index * share,
    heading: wrap(sheet, heading, strong, width),
    lines: lines.flatMap((line) => wrap(sheet, line, normal, width)),
  }));
  const heads = Math.max(...parts.map(({ heading }) => heading.length)) * lineHeight(strong) + 3;
  const rows = Math.max(...parts.map(({ lines }) => lines.length));
  sheet.need(Math.min(heads + rows * lineHeight(normal), sheet.fullRoom));
  const column = (x: number, lines: readonly string[], style: Style): Cell => ({
    lines,
    x,
    width,
    align: 'left',
    style,
  });
  for (const { x, heading } of parts) drawCell(sheet, column(x, heading, strong), sheet.y);
  sheet.y += heads;
  for (let row = 0; row < rows; row++) {
    sheet.need(lineHeight(normal));
    for (const { x, lines } of parts) drawCell(sheet, column(x, [lines[row] ?? ''], normal), sheet.y);
    sheet.y += lineHeight(normal);
  }
}

function drawSignatures(sheet: Sheet, parties: Extract<FilledBlock, { type: 'signatures' }>['parties']): void {
  const share = sheet.width / Math.max(2, parties.length);
  const height = 64;
  sheet.need(height);
  for (const [index, { role, name }] of parties.entries()) {
    const x = sheet.left + index * share;
    const width = share - 3 * gap;
    const cell = { x, width, align: 'left' as const };
    drawCell(sheet, { ...cell, lines: wrap(sheet, role, strong, width).slice(0, 2), style: strong }, sheet.y);
    sheet.rule(x, sheet.y + height - 18, width, ink);
    drawCell(
      sheet,
      { ...cell, lines: wrap(sheet, name, small, width).slice(0, 1), style: small },
      sheet.y + height - 14,
    );
  }
  sheet.y += height;
}
