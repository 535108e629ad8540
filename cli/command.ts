import type { ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Where a command writes to. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

/** What the command line said, parsed by the command's own options. */
export interface Arguments {
  /** Files and folders. */
  paths: string[];
  values: Readonly<Record<string, string | boolean | undefined>>;
}

/** One of `voronka`'s commands. */
export interface Command {
  summary: string;
  /** The rest of the help: one line per option, and what the exit codes mean. */
  help: string;
  options: Options;
  /** @returns the exit code: 0 all is well, 1 the definitions have mistakes. @throws UsageError for exit code 2. */
  run(given: Arguments, output: Output): number;
}

/** The command line itself is wrong: its message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Options that every command has. */
export const commonOptions = {
  library: { type: 'string', short: 'l' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Options;
