import type { ForecastCell } from '../engine/forecast/forecast.ts';
import type { CalibrationLine } from '../engine/forecast/measures.ts';
import type { BacktestReport, ForecastReport } from './forecast.ts';

const meanings = {
  plain: 'the plain average of the stage, which did best in the back-test',
  stages: 'the average of the stage, held back to that of the pipeline where deals are few',
  model: 'the average of the stage and what the facts add to it',
};

/** A back-test in words and tables. */
export function backtestStory({ used, weight, ...report }: BacktestReport): string {
  const head = `${report.pipeline}: ${report.deals} deals are over, ${report.won} of them won (${percent(report.won / Math.max(1, report.deals))})`;
  if (!('judged' in report)) {
    return `${head}\n\nToo few to judge: a back-test needs ${report.needed}. Shown is ${meanings[used]}.\n`;
  }
  const { deals, looks, plain, stages, own, difference, calibration } = report.judged;
  const row = (name: string, { brier, logLoss }: typeof own) => [name, brier.toFixed(4), logLoss.toFixed(4)];
  const interval = ({ value, low, high }: typeof difference.brier) =>
    `${signed(value)} (${signed(low)} … ${signed(high)})`;
  return [
    head,
    '',
    `Back-test: ${deals} later deals, looked at ${looks} times, judged by what the earlier ones had taught`,
    ...table([
      ['', 'Brier', 'log loss'],
      row('plain stage average', plain),
      row('with the prior', stages),
      row('with the facts', own),
    ]),
    `Facts against the plain average (80 % interval): Brier ${interval(difference.brier)}, log loss ${interval(difference.logLoss)}`,
    `Shown is ${meanings[used]}${used === 'model' ? ` (weight ${weight.toFixed(2)})` : ''}.`,
    '',
    'How often guesses came true, with the facts',
    ...calibrationTable(calibration.own),
    '',
    'The same of the plain stage average',
    ...calibrationTable(calibration.plain),
    '',
  ].join('\n');
}

/** A forecast as a table of owners and months. */
export function forecastStory({
  pipeline,
  deals,
  won,
  used,
  open,
  unpriced,
  months,
  currencies,
}: ForecastReport): string {
  const blocks = currencies.flatMap(({ currency, owners, ...all }) => [
    '',
    `${currency}, expected (80 % interval)`,
    ...table([
      ['', ...months, 'later', 'total'],
      ...[...owners.map(({ owner = 'nobody', ...line }) => ({ name: owner, ...line })), { name: 'all', ...all }].map(
        ({ name, ...line }) => [name, ...[...line.months, line.later, line.total].map(amount)],
      ),
    ]),
  ]);
  return [
    `${pipeline}: ${open} open deals${unpriced > 0 ? `, ${unpriced} of them without an amount` : ''}; learned from ${deals} that are over, ${won} of them won`,
    `Shown is ${meanings[used]}.`,
    ...blocks,
    '',
  ].join('\n');
}

function calibrationTable(lines: readonly CalibrationLine[]): string[] {
  const rows = lines.map(({ from, to, looks, guessed, won }) => [
    `${Math.round(from * 100)}–${Math.round(to * 100)} %`,
    String(looks),
    percent(guessed),
    percent(won),
  ]);
  return table([['guess', 'looks', 'mean guess', 'won'], ...rows]);
}

/** Lines with columns of one width each, the first to the left and the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0))).join('   ')}`.trimEnd(),
  );
}

function amount({ expected, low, high }: ForecastCell): string {
  return `${Math.round(expected)} (${Math.round(low)}…${Math.round(high)})`;
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${value.toFixed(4)}`;
}
