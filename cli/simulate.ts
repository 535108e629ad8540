import type { Process } from '../engine/schema/index.ts';
import { checkRun } from '../engine/simulate/check.ts';
import { simulate as play, type SimulationRun } from '../engine/simulate/simulate.ts';
import { type Command, UsageError } from './command.ts';
import { mustBeOneOf, processesIn, readInput } from './input.ts';
import { story } from './story.ts';

interface Played {
  process: string;
  scenario: string;
  run: SimulationRun;
  mistakes: string[];
}

export const simulate: Command = {
  summary: 'play the scenarios of processes under a virtual clock',
  help: `Usage: voronka simulate [files or folders] [--scenario <name>] [--library <folder>] [--json]

Prints a dated timeline of every message, wait and branch, and whether it went as the scenario expects. No server is
needed and nothing is sent.

  -s, --scenario <name>   only the scenario of this name
  -l, --library <folder>  the folder whose definitions/ and templates/ may be named; default: the current one
      --json              [{ "process", "scenario", "run", "mistakes" }]

Exit code: 0 all went as expected, 1 some did not, 2 the command line is wrong.`,
  options: { scenario: { type: 'string', short: 's' } },
  run(given, { out }) {
    const input = readInput(given);
    const chosen = choose(processesIn(input), given.values.scenario);
    const played = chosen.map(({ process, scenario }): Played => {
      const run = play(process, input.library, scenario);
      return { process: process.key, scenario: scenario.name, run, mistakes: checkRun(run, scenario) };
    });
    out(given.values.json === true ? `${JSON.stringify(played, null, 2)}\n` : written(played));
    return played.some(({ mistakes }) => mistakes.length > 0) ? 1 : 0;
  },
};

function choose(processes: readonly Process[], name: string | boolean | undefined) {
  const all = processes.flatMap((process) => process.scenarios.map((scenario) => ({ process, scenario })));
  if (all.length === 0)
    throw new UsageError(
      `${processes.map(({ key }) => key).join(', ')}: no scenario to play: write one under "scenarios"`,
    );
  if (typeof name !== 'string') return all;
  mustBeOneOf(
    'scenario',
    name,
    all.map(({ scenario }) => scenario.name),
  );
  return all.filter(({ scenario }) => scenario.name === name);
}

function written(played: readonly Played[]): string {
  const blocks = played.map(({ process, scenario, run, mistakes }) => {
    const verdict = mistakes.length === 0 ? ['  ✓ as expected'] : mistakes.map((mistake) => `  ✗ ${mistake}`);
    return [`${process}: ${scenario}`, ...story(run).map((line) => `  ${line}`), ...verdict, ''].join('\n');
  });
  const failed = played.filter(({ mistakes }) => mistakes.length > 0).length;
  return `${blocks.join('\n')}\n${played.length - failed} as expected, ${failed} not\n`;
}
