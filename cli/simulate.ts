import { checkPipeline } from '../engine/pipeline/check.ts';
import { type PipelineRun, simulatePipeline } from '../engine/pipeline/simulate.ts';
import type { Pipeline, Process, Sla } from '../engine/schema/index.ts';
import { checkRun } from '../engine/simulate/check.ts';
import { simulate as play, type SimulationRun } from '../engine/simulate/simulate.ts';
import { checkSla } from '../engine/sla/check.ts';
import { type SlaRun, simulateSla } from '../engine/sla/simulate.ts';
import { type Command, UsageError } from './command.ts';
import { type Input, mustBeOneOf, playableIn, readInput } from './input.ts';
import { pipelineStory } from './pipeline-story.ts';
import { slaStory } from './sla-story.ts';
import { story } from './story.ts';

/** A scenario of one definition, and how to play it. */
interface Playable {
  named: { process: string } | { sla: string } | { pipeline: string };
  scenario: string;
  play(): { run: SimulationRun | SlaRun | PipelineRun; story: string[]; mistakes: string[] };
}

export const simulate: Command = {
  summary: 'play the scenarios of processes, pipelines and SLA policies under a virtual clock',
  help: `Usage: voronka simulate [files or folders] [--scenario <name>] [--library <folder>] [--json]

Prints a dated timeline of every message, wait and branch, of every clock and escalation, of every move of a deal, and whether it
went as the scenario expects. No server is needed and nothing is sent.

  -s, --scenario <name>   only the scenario of this name
  -l, --library <folder>  the folder whose definitions/ and templates/ may be named; default: the current one
      --json              [{ "process", "pipeline" or "sla", "scenario", "run", "mistakes" }]

Exit code: 0 all went as expected, 1 some did not, 2 the command line is wrong.`,
  options: { scenario: { type: 'string', short: 's' } },
  run(given, { out }) {
    const input = readInput(given);
    const played = choose(playables(input), given.values.scenario).map(({ named, scenario, play }) => {
      return { named, scenario, ...play() };
    });
    if (given.values.json === true) {
      const json = played.map(({ named, scenario, run, mistakes }) => ({ ...named, scenario, run, mistakes }));
      out(`${JSON.stringify(json, null, 2)}\n`);
    } else out(written(played));
    return played.some(({ mistakes }) => mistakes.length > 0) ? 1 : 0;
  },
};

function playables(input: Input): Playable[] {
  const { processes, slas, pipelines } = playableIn(input);
  const all = [
    ...processes.flatMap((process) => ofProcess(process, input)),
    ...slas.flatMap((sla) => ofSla(sla, input)),
    ...pipelines.flatMap((pipeline) => ofPipeline(pipeline, input)),
  ];
  if (all.length > 0) return all;
  const keys = [...processes, ...slas, ...pipelines].map(({ key }) => key).join(', ');
  throw new UsageError(`${keys}: no scenario to play: write one under "scenarios"`);
}

function ofProcess(process: Process, { library }: Input): Playable[] {
  return process.scenarios.map((scenario) => ({
    named: { process: process.key },
    scenario: scenario.name,
    play() {
      const run = play(process, library, scenario);
      return { run, story: story(run), mistakes: checkRun(run, scenario) };
    },
  }));
}

function ofSla(sla: Sla, { library }: Input): Playable[] {
  return sla.scenarios.map((scenario) => ({
    named: { sla: sla.key },
    scenario: scenario.name,
    play() {
      const run = simulateSla(sla, library, scenario);
      return { run, story: slaStory(run), mistakes: checkSla(run, scenario) };
    },
  }));
}

function ofPipeline(pipeline: Pipeline, { library }: Input): Playable[] {
  return pipeline.scenarios.map((scenario) => ({
    named: { pipeline: pipeline.key },
    scenario: scenario.name,
    play() {
      const run = simulatePipeline(pipeline, library, scenario);
      return { run, story: pipelineStory(run), mistakes: checkPipeline(run, scenario) };
    },
  }));
}

function choose(all: readonly Playable[], name: string | boolean | undefined): readonly Playable[] {
  if (typeof name !== 'string') return all;
  mustBeOneOf(
    'scenario',
    name,
    all.map(({ scenario }) => scenario),
  );
  return all.filter(({ scenario }) => scenario === name);
}

type Played = Pick<Playable, 'named' | 'scenario'> & ReturnType<Playable['play']>;

function written(played: readonly Played[]): string {
  const blocks = played.map(({ named, scenario, story, mistakes }) => {
    const verdict = mistakes.length === 0 ? ['  ✓ as expected'] : mistakes.map((mistake) => `  ✗ ${mistake}`);
    const [key] = Object.values(named);
    return [`${key}: ${scenario}`, ...story.map((line) => `  ${line}`), ...verdict, ''].join('\n');
  });
  const failed = played.filter(({ mistakes }) => mistakes.length > 0).length;
  return `${blocks.join('\n')}\n${played.length - failed} as expected, ${failed} not\n`;
}
