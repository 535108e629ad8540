import { parseArgs } from 'node:util';

export interface BenchArguments {
  /** Names of benchmarks; empty means all. */
  names: string[];
  quick: boolean;
  rounds: number;
}

export const usage = `npm run bench -- [names …] [--quick] [--rounds <n>]`;

/** @throws Error with the usage when an argument is wrong */
export function parseBenchArguments(args: readonly string[], known: readonly string[]): BenchArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, rounds: { type: 'string' } },
  });
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`no benchmark ${unknown.join(', ')}; there are ${known.join(', ')}\n${usage}`);
  const rounds = values.rounds === undefined ? (values.quick ? 1 : 3) : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds must be a whole number from 1 on\n${usage}`);
  return { names: positionals, quick: values.quick, rounds };
}
