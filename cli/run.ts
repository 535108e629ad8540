import { parseArgs } from 'node:util';
import { hint } from '../engine/validate/suggest.ts';
import { type Command, commonOptions, type Output, UsageError } from './command.ts';
import { forecast } from './forecast.ts';
import { graph } from './graph.ts';
import { simulate } from './simulate.ts';
import { validate } from './validate.ts';

const commands: Readonly<Record<string, Command>> = { validate, simulate, graph, forecast };

const usage = `Usage: voronka <command> [files or folders] [options]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`)
  .join('\n')}

\`voronka <command> --help\` says more. No command needs a server.
`;

/** Carries out one command line (without node and script). @returns the exit code. */
export function run(words: readonly string[], output: Output): number {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    output.out(usage);
    return name === undefined ? 2 : 0;
  }
  try {
    return carryOut(name, rest, output);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.err(`voronka ${name}: ${error.message}\n`);
    return 2;
  }
}

function carryOut(name: string, rest: readonly string[], output: Output): number {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new UsageError(`there is no such command${hint(name, Object.keys(commands))}`);
  const { values, positionals } = parse(rest, command);
  if (values.help === true) {
    output.out(`${command.help}\n`);
    return 0;
  }
  return command.run({ paths: positionals, values }, output);
}

function parse(rest: readonly string[], command: Command) {
  const options = { ...commonOptions, ...command.options };
  try {
    const { values, positionals } = parseArgs({ args: [...rest], options, allowPositionals: true, strict: true });
    return {
      values: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, single(value)])),
      positionals,
    };
  } catch (error) {
    const [text = ''] = (error instanceof Error ? error.message : String(error)).split('. To specify');
    const option = /'(-[^ ']*)/.exec(text)?.[1] ?? '';
    throw new UsageError(
      `${text}${hint(
        option,
        Object.keys(options).map((key) => `--${key}`),
      )}`,
    );
  }
}

function single(value: string | boolean | (string | boolean)[] | undefined): string | boolean | undefined {
  return Array.isArray(value) ? value.at(-1) : value;
}
