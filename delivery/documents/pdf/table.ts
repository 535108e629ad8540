import type { FilledBlock } from '../fill.ts';
import { hairline, type Sheet, type Style, soft, tint } from './sheet.ts';
import { type Cell, drawCell, lineHeight, wrap } from './text.ts';

type Items = Extract<FilledBlock, { type: 'items' }>;

const body: Style = { font: 'regular', size: 8.5 };
const head: Style = { font: 'bold', size: 7.5, color: soft };
const strong: Style = { font: 'bold', size: 9.5 };
const padding = { x: 4, y: 3.5 };

interface Column {
  x: number;
  width: number;
  align: Cell['align'];
}

/** The lines of a document with its totals. Rows go on over pages, each of which begins with the head again. */
export function drawItems(sheet: Sheet, { columns: given, rows, totals }: Items): void {
  const columns = layOut(sheet, given);
  const heads = cells(
    sheet,
    given.map((column) => column.head),
    columns,
    head,
  );
  const drawHead = () => {
    const height = heightOf(heads);
    sheet.box(sheet.left, sheet.y, sheet.width, height, tint);
    drawRow(sheet, heads, height);
  };
  sheet.need(heightOf(heads) + 3 * (lineHeight(body) + 2 * padding.y));
  drawHead();
  for (const row of rows) {
    let rest = cells(sheet, row, columns, body);
    // A row stays whole when a page can hold it; one that no page can hold goes on over several.
    if (heightOf(rest) > sheet.room) {
      if (heightOf(rest) <= sheet.fullRoom - heightOf(heads) || sheet.room < 3 * lineHeight(body)) {
        sheet.newPage();
        drawHead();
      }
      while (heightOf(rest) > sheet.room) {
        const count = Math.max(1, Math.floor((sheet.room - 2 * padding.y) / lineHeight(body)));
        const part = rest.map((cell) => ({ ...cell, lines: cell.lines.slice(0, count) }));
        rest = rest.map((cell) => ({ ...cell, lines: cell.lines.slice(count) }));
        drawRow(sheet, part, heightOf(part));
        sheet.newPage();
        drawHead();
      }
    }
    drawRow(sheet, rest, heightOf(rest));
  }
  drawTotals(sheet, totals);
}

function layOut(sheet: Sheet, given: Items['columns']): Column[] {
  const whole = given.reduce((total, { width }) => total + width, 0);
  let x = sheet.left;
  return given.map(({ width, align }) => {
    const share = (sheet.width * width) / whole;
    const column = { x: x + padding.x, width: share - 2 * padding.x, align };
    x += share;
    return column;
  });
}

function cells(sheet: Sheet, texts: readonly string[], columns: readonly Column[], style: Style): Cell[] {
  return columns.map((column, index) => ({
    ...column,
    style,
    lines: wrap(sheet, texts[index] ?? '', style, column.width),
  }));
}

function heightOf(row: readonly Cell[]): number {
  return Math.max(...row.map(({ lines, style }) => lines.length * lineHeight(style))) + 2 * padding.y;
}

function drawRow(sheet: Sheet, row: readonly Cell[], height: number): void {
  for (const cell of row) drawCell(sheet, cell, sheet.y + padding.y);
  sheet.y += height;
  sheet.rule(sheet.left, sheet.y, sheet.width, hairline);
}

/** Right below the table and never torn apart: what is to be paid stands beside how it came about. */
function drawTotals(sheet: Sheet, totals: Items['totals']): void {
  if (totals.length === 0) return;
  const height = lineHeight(strong) + padding.y;
  sheet.need(totals.length * height + padding.y);
  sheet.y += padding.y + 2;
  const value = { x: sheet.left + sheet.width * 0.76, width: sheet.width * 0.24 - padding.x, align: 'right' as const };
  const label = { x: sheet.left, width: sheet.width * 0.75, align: 'right' as const };
  for (const { label: name, value: amount, strong: isStrong } of totals) {
    const style = isStrong ? strong : body;
    drawCell(sheet, { ...label, lines: [name], style }, sheet.y);
    drawCell(sheet, { ...value, lines: [amount], style }, sheet.y);
    sheet.y += height;
  }
}
