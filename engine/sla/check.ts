import type { SlaScenario } from '../schema/sla.ts';
import { iso, type Timed, timedMismatches } from '../simulate/timed.ts';
import type { SlaRun } from './simulate.ts';

type Expect = SlaScenario['expect'];

/** What of a run is not as its scenario expects, one message each; problems of the run come first. */
export function checkSla(run: SlaRun, { expect }: SlaScenario): string[] {
  return [
    ...run.problems,
    ...metMismatches(run, expect.met),
    ...timedMismatches(
      run,
      'breached',
      expect.breached?.map(({ target, after }) => ({ what: target, after })),
      lines(run, 'breached'),
    ),
    ...timedMismatches(
      run,
      'escalated',
      expect.escalated?.map(({ id, after }) => ({ what: id, after })),
      lines(run, 'escalated'),
    ),
    ...dueMismatches(run, expect.due),
  ];
}

/** Targets of the clocks that are met at the end. */
function metMismatches({ clocks }: SlaRun, wanted: Expect['met']): string[] {
  if (wanted === undefined) return [];
  const met = new Set(clocks.filter(({ status }) => status === 'met').map(({ target }) => target));
  return [
    ...wanted.filter((target) => !met.has(target)).map((target) => `met: ${target} was not met`),
    ...[...met].filter((target) => !wanted.includes(target)).map((target) => `met: ${target} was met, not expected`),
  ];
}

/** Breaches by their target, or escalations by their id, in the order in which they came. */
function lines(run: SlaRun, list: 'breached' | 'escalated'): Timed[] {
  return run.story.flatMap((line): Timed[] => {
    if (line.what !== 'clock') return [];
    if (list === 'escalated') return line.escalation === undefined ? [] : [{ what: line.escalation, at: line.at }];
    return line.change === 'breached' ? [{ what: line.target, at: line.at }] : [];
  });
}

/** Due times of the latest clock of a target at the end. */
function dueMismatches({ clocks }: SlaRun, wanted: Expect['due']): string[] {
  return Object.entries(wanted ?? {}).flatMap(([target, due]) => {
    const was = clocks.findLast((clock) => clock.target === target)?.due ?? null;
    if (was === Date.parse(due)) return [];
    return [`due: ${target} expected at ${iso(Date.parse(due))}; was ${was === null ? 'none' : `at ${iso(was)}`}`];
  });
}
