import type { Problem } from '../engine/validate/problem.ts';
import { templateProblems } from '../engine/validate/templates.ts';
import { validateFile } from '../library/load.ts';
import type { Command } from './command.ts';
import { type Input, readInput } from './input.ts';

interface Report {
  file: string;
  problems: Problem[];
}

export const validate: Command = {
  summary: 'find every mistake in definitions and templates',
  help: `Usage: voronka validate [files or folders] [--library <folder>] [--json]

Reports every mistake at once: its path, what is wrong and what would be right. Scenarios of processes are run as well.
Without a path it validates all of definitions/ and templates/.

  -l, --library <folder>  the folder whose definitions/ and templates/ may be named; default: the current one
      --json              the report as JSON: [{ "file", "problems": [{ "path", "code", "message", "severity" }] }]

Exit code: 0 no errors (warnings may be there), 1 errors, 2 the command line is wrong.`,
  options: {},
  run(given, { out }) {
    const input = readInput(given);
    const reports = [
      ...input.files.map((file) => ({ file: file.path, problems: validateFile(file, input.library).problems })),
      ...(input.whole ? templateReports(input) : []),
    ];
    out(given.values.json === true ? `${JSON.stringify(reports, null, 2)}\n` : written(reports));
    return reports.some(({ problems }) => problems.some(isError)) ? 1 : 0;
  },
};

function templateReports({ templates }: Input): Report[] {
  return templates.templates.map((template) => ({
    file: `templates/${template.channel}/${template.key}`,
    problems: templateProblems(template, templates),
  }));
}

function written(reports: readonly Report[]): string {
  const lines: string[] = [];
  for (const { file, problems } of reports) {
    if (problems.length === 0) continue;
    lines.push(file);
    for (const { severity, path, message, code } of problems) {
      lines.push(`  ${severity.padEnd(7)}  ${path === '' ? '(whole file)' : path}: ${message}  [${code}]`);
    }
    lines.push('');
  }
  const all = reports.flatMap(({ problems }) => problems);
  const errors = all.filter(isError).length;
  const counts = [counted(reports.length, 'file'), counted(errors, 'error'), counted(all.length - errors, 'warning')];
  return `${[...lines, counts.join(', ')].join('\n')}\n`;
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
