import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../config/root.ts';
import type { Aim, Outcome } from './benchmark.ts';
import { median, readable } from './rounds.ts';

export interface Report {
  name: string;
  title: string;
  outcome: Outcome;
  /** Kind of the store when it was not the embedded one. */
  otherStore?: string;
  /** The machine, its programs and servers. */
  surroundings: Record<string, string | number>;
}

/** Writes `bench/results/<name>.json` and `.md`; with a store that is not the embedded one it is in the name. */
export function write(report: Report): void {
  const folder = join(packageRoot, 'bench', 'results');
  mkdirSync(folder, { recursive: true });
  const { name, title, outcome, otherStore, surroundings } = report;
  const file = otherStore === undefined ? name : `${name}.${otherStore}`;
  const figures = outcome.figures.map((figure) => ({ ...figure, median: median(figure.rounds) }));
  const aims = outcome.aims.map((aim) => ({ ...aim, met: isMet(aim) }));
  const json = { name, title, aims, figures, conditions: { ...surroundings, ...outcome.conditions } };
  writeFileSync(join(folder, `${file}.json`), `${JSON.stringify(json, null, 2)}\n`);
  writeFileSync(join(folder, `${file}.md`), markdown(report));
}

/** One line per aim, for the terminal. */
export function summarise({ name, outcome }: Pick<Report, 'name' | 'outcome'>): string {
  return outcome.aims.map((aim) => `${isMet(aim) ? '✓' : '✗'} ${name}: ${sentence(aim)}`).join('\n');
}

function isMet({ value, atLeast, atMost }: Aim): boolean {
  return value >= (atLeast ?? Number.NEGATIVE_INFINITY) && value <= (atMost ?? Number.POSITIVE_INFINITY);
}

function sentence(aim: Aim): string {
  const bounds = boundsOf(aim);
  return `${aim.name} ${quantity(aim.value, aim.unit)}${bounds && ` (aim ${bounds})`}`;
}

function boundsOf({ atLeast, atMost, unit }: Aim): string {
  if (atLeast !== undefined) return `at least ${quantity(atLeast, unit)}`;
  return atMost === undefined ? '' : `at most ${quantity(atMost, unit)}`;
}

function quantity(value: number, unit: string): string {
  return unit === '×' ? `${readable(value)}×` : `${readable(value)} ${unit}`;
}

function markdown({ title, outcome, surroundings }: Report): string {
  const aims = outcome.aims.map((aim) => [
    aim.name,
    quantity(aim.value, aim.unit),
    boundsOf(aim) || '–',
    boundsOf(aim) ? (isMet(aim) ? 'met' : 'missed') : '',
  ]);
  const figures = outcome.figures.map(({ name, unit, rounds }) => [
    name,
    quantity(median(rounds), unit),
    rounds.map(readable).join(' · '),
  ]);
  const conditions = Object.entries({ ...surroundings, ...outcome.conditions }).map(([name, value]) => [
    name,
    `${value}`,
  ]);
  return [
    `# ${title}`,
    table(['Result', 'Value', 'Aim', ''], aims),
    table(['Measured', 'Median', 'Rounds'], figures),
    table(['Condition', ''], conditions),
  ].join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}
