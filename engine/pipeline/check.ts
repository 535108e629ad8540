import type { PipelineScenario } from '../schema/pipeline-scenario.ts';
import { differences } from '../simulate/check.ts';
import { type Timed, timedMismatches } from '../simulate/timed.ts';
import type { PipelineRun } from './simulate.ts';
import { reserved } from './stage.ts';

/** What of a run is not as its scenario expects, one message each; problems of the run come first. */
export function checkPipeline(run: PipelineRun, { expect }: PipelineScenario): string[] {
  const { story, deal } = run;
  const came = story.flatMap((line): Timed[] => (line.what === 'move' ? [{ what: line.to, at: line.at }] : []));
  const entered = story.flatMap((line): Timed[] =>
    line.what === 'step' && line.kind === 'entered' && !line.step.startsWith(reserved)
      ? [{ what: line.step, at: line.at }]
      : [],
  );
  const refused = story.flatMap((line) => (line.what === 'refused' ? line.guards : []));
  return [
    ...run.problems,
    ...timedMismatches(
      run,
      'stages',
      expect.stages?.map(({ stage, after }) => ({ what: stage, after })),
      came,
    ),
    ...timedMismatches(
      run,
      'steps',
      expect.steps?.map(({ step, after }) => ({ what: step, after })),
      entered,
    ),
    ...(expect.refused === undefined ? [] : differences(expect.refused, refused, 'refused')),
    ...(expect.deal === undefined ? [] : differences(expect.deal, JSON.parse(JSON.stringify(deal)), 'deal')),
  ];
}
