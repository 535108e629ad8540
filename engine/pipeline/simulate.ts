import type { Library } from '../library.ts';
import type { DealView } from '../model/deal.ts';
import type { Pipeline } from '../schema/index.ts';
import type { PipelineScenario } from '../schema/pipeline-scenario.ts';
import { addDuration } from '../time/duration.ts';
import { type PipelineLine, PipelinePlay } from './play.ts';

/** A deal's story in one pipeline. All times are epoch ms. */
export interface PipelineRun {
  startedAt: number;
  /** Zone by which durations are counted: the company's. */
  zone: string;
  story: PipelineLine[];
  deal: DealView;
  /** Mistakes of the scenario, and incidents. */
  problems: string[];
}

/** When scenarios begin that do not say it: a Monday. */
const defaultStart = '2026-03-02T09:00:00Z';

/** Plays a scenario of a pipeline under a virtual clock, with the guards and the reducer of the real thing and no side effect. */
export function simulatePipeline(pipeline: Pipeline, library: Library, scenario: PipelineScenario): PipelineRun {
  const { given, events, until } = scenario;
  const start = Date.parse(given.now ?? defaultStart);
  const zone = library.policy.company.timezone;
  const after = (duration: string) => addDuration(start, duration, zone);
  const play = new PipelinePlay(pipeline, library, given, start);
  const end = after(until ?? 'P90D');
  for (const event of events.toSorted((a, b) => after(a.at) - after(b.at))) {
    const at = after(event.at);
    if (at > end) break;
    // An event at the very instant of a deadline comes first.
    play.sleepUntil(at - 1);
    play.happen(at, event);
  }
  play.sleepUntil(end);
  return { startedAt: start, zone, story: play.story, deal: play.deal.view, problems: play.problems };
}
