import { mermaid } from '../engine/graph.ts';
import { type Language, languages } from '../engine/model/contact.ts';
import { type Command, UsageError } from './command.ts';
import { processesIn, readInput } from './input.ts';

export const graph: Command = {
  summary: 'draw processes as Mermaid flowcharts',
  help: `Usage: voronka graph [files or folders] [--language en|ru] [--json]

Prints one Mermaid flowchart per process, ready for Markdown, GitHub or mermaid.live.

  -l, --library <folder>  the folder whose definitions/ is meant when no path is given; default: the current one
      --language <name>   language of the steps' names: en (default) or ru
      --json              [{ "process", "mermaid" }]

Exit code: 0, or 2 when the command line is wrong or there is no sound process.`,
  options: { language: { type: 'string' } },
  run(given, { out }) {
    const language = languageOf(given.values.language);
    const drawn = processesIn(readInput(given)).map((process) => ({
      process: process.key,
      mermaid: mermaid(process, language),
    }));
    if (given.values.json === true) out(`${JSON.stringify(drawn, null, 2)}\n`);
    else out(drawn.map((one) => (drawn.length === 1 ? one.mermaid : `%% ${one.process}\n${one.mermaid}`)).join('\n'));
    return 0;
  },
};

function languageOf(value: string | boolean | undefined): Language {
  if (value === undefined) return 'en';
  const found = languages.find((language) => language === value);
  if (found === undefined) throw new UsageError(`--language ${value}: write one of ${languages.join(', ')}`);
  return found;
}
