import { readFileSync } from 'node:fs';
import type { DealCourse } from '../engine/forecast/course.ts';
import { dealFile } from '../engine/forecast/file.ts';
import { backtest, fitPipeline, judgedDeals } from '../engine/forecast/fit.ts';
import { forecast as foresee } from '../engine/forecast/forecast.ts';
import { fewestDeals } from '../engine/forecast/learn.ts';
import { calibration, difference, scoreOf } from '../engine/forecast/measures.ts';
import { monthsFrom } from '../engine/forecast/months.ts';
import { pastDeals } from '../engine/forecast/past.ts';
import { groupBy } from '../engine/group-by.ts';
import { type Arguments, type Command, UsageError } from './command.ts';
import { backtestStory, forecastStory } from './forecast-story.ts';

export const forecast: Command = {
  summary: 'what open deals are expected to bring, and how good such guesses were (--backtest)',
  help: `Usage: voronka forecast [--backtest] [--file <deals.json>] [--months <n>] [--at <time>] [--zone <zone>] [--json]

Learns from the deals that are over. Without --backtest it prints what the open deals are expected to bring, by month and
owner, with 80 % intervals. With it, it judges the later deals by what the earlier ones had taught until then, and prints
how often guesses came true, the Brier score and the log loss, beside those of the plain average of each stage.

The file is what GET /api/forecast/history?pipeline=<key> answers; docs/forecast.md describes it.

  -f, --file <path>    the file of deals; default: the standard input
  -b, --backtest       judge instead of foresee
      --months <n>     from the present one on; default: 6
      --at <time>      the present, ISO 8601; default: now
      --zone <zone>    in which months begin; default: UTC
      --json           the same as JSON, an element for each pipeline

Exit code: 0 all is well, 2 the command line or the file is wrong.`,
  options: {
    file: { type: 'string', short: 'f' },
    backtest: { type: 'boolean', short: 'b' },
    months: { type: 'string' },
    at: { type: 'string' },
    zone: { type: 'string' },
  },
  run(given, { out }) {
    const pipelines = [...groupBy(readDeals(given), ({ pipeline }) => pipeline)];
    const [reports, story] =
      given.values.backtest === true
        ? told(
            pipelines.map(([pipeline, courses]) => judged(pipeline, courses)),
            backtestStory,
          )
        : told(foreseen(pipelines, given), forecastStory);
    out(given.values.json === true ? `${JSON.stringify(reports, null, 2)}\n` : story);
    return 0;
  },
};

function told<R>(reports: readonly R[], story: (report: R) => string): [readonly R[], string] {
  return [reports, reports.map(story).join('\n')];
}

export type BacktestReport = ReturnType<typeof judged>;

/** How guesses did on the later deals of a pipeline. */
function judged(pipeline: string, courses: readonly DealCourse[]) {
  const past = pastDeals(courses);
  const all = backtest(past);
  const { deals, won, used, learned } = fitPipeline(courses);
  const report = { pipeline, deals, won, used, weight: learned.weight, needed: fewestDeals };
  if (all.length === 0) return report;
  const scores = {
    plain: scoreOf(all, ({ plain }) => plain),
    stages: scoreOf(all, ({ stage }) => stage),
    own: scoreOf(all, ({ whole }) => whole),
    difference: difference(
      all,
      ({ whole }) => whole,
      ({ plain }) => plain,
    ),
  };
  const lines = { own: calibration(all, ({ whole }) => whole), plain: calibration(all, ({ plain }) => plain) };
  return { ...report, judged: { deals: judgedDeals(all), looks: all.length, ...scores, calibration: lines } };
}

export type ForecastReport = ReturnType<typeof foreseen>[number];

function foreseen(pipelines: readonly (readonly [string, readonly DealCourse[]])[], { values }: Arguments) {
  const count = Number(values.months ?? 6);
  if (!Number.isInteger(count) || count < 1 || count > 24)
    throw new UsageError('--months: write a number from 1 to 24');
  const now = typeof values.at === 'string' ? Date.parse(values.at) : Date.now();
  if (Number.isNaN(now)) throw new UsageError(`--at: write a time such as 2026-03-02T09:00:00Z, not "${values.at}"`);
  const months = monthsIn(now, count, typeof values.zone === 'string' ? values.zone : 'UTC');
  return pipelines.map(([pipeline, courses]) => {
    const fitted = fitPipeline(courses);
    const ends = months.map(({ to }) => to);
    const { currencies, deals, unpriced } = foresee(fitted, courses, now, ends);
    const { won, used } = fitted;
    const names = months.map(({ month }) => month);
    return { pipeline, deals: fitted.deals, won, used, open: deals.length, unpriced, months: names, currencies };
  });
}

function monthsIn(now: number, count: number, zone: string) {
  try {
    return monthsFrom(now, count, zone);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`--zone: there is no time zone "${zone}"`);
    throw error;
  }
}

function readDeals({ paths, values }: Arguments): DealCourse[] {
  if (paths.length > 0) throw new UsageError(`write --file ${paths[0]}`);
  const path = typeof values.file === 'string' ? values.file : undefined;
  const name = path ?? 'the standard input';
  if (path === undefined && process.stdin.isTTY) throw new UsageError('name a file of deals with --file');
  const parsed = dealFile.safeParse(parse(path ?? 0, name));
  if (parsed.success) return parsed.data.deals;
  const [issue] = parsed.error.issues;
  throw new UsageError(
    `${name}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}; docs/forecast.md says how it is written`,
  );
}

function parse(path: string | number, name: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${name}: this is not JSON (${error.message})`);
    throw new UsageError(`${name}: there is no such file, or it may not be read`);
  }
}
