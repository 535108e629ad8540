import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../config/root.ts';
import { emptyLibrary, type Library } from '../../engine/library.ts';
import type { TimelineEntry } from '../../engine/model/timeline.ts';
import { type Definition, definitionSchema, type Process } from '../../engine/schema/index.ts';
import type { Scenario } from '../../engine/schema/process.ts';
import { simulate } from '../../engine/simulate/simulate.ts';
import { playScenario } from './play.ts';
import { processes as ownProcesses } from './processes.ts';
import { Stage } from './stage.ts';

/** Definitions that decide, without those by which the intake would score and sort contacts on its own. */
const shipped = ['calendars', 'contact-policies', 'segments', 'pipelines', 'processes'].flatMap((folder) =>
  load(folder),
);
const library = libraryOf(shipped);
const cases = [...Object.values(library.processes), ...ownProcesses].flatMap((process) =>
  process.scenarios.map((scenario) => ({ name: `${process.key}: ${scenario.name}`, process, scenario })),
);

describe('the simulator and Temporal', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  it.each(cases)('agree on $name', async ({ name, process, scenario }) => {
    const told = withContact(scenario, name);
    const simulated = simulate(process, library, told);
    const real = await playScenario(stage, process, library, told);
    expect(story(real.timeline)).toEqual(story(simulated.timeline));
    for (const [index, entry] of simulated.timeline.entries()) {
      // What an effect took in real time, the steps after it begin later.
      expect(Math.abs((real.timeline[index]?.at ?? 0) - entry.at)).toBeLessThan(30_000);
    }
    expect(real.outcome).toBe(simulated.outcome);
    expect(real.messages).toEqual(simulated.messages.map(({ step, template }) => ({ step, template })));
    expect(unnumbered(real.tasks)).toEqual(unnumbered(simulated.tasks.map(({ view }) => view.title)));
  });
});

/** What happened in which order and why, without what is said in other words by a simulation: ids and instants. */
function story(timeline: readonly TimelineEntry[]) {
  return timeline.map(({ kind, step, visit, detail }) => ({
    kind,
    step,
    visit,
    exit: detail?.exit,
    reason: detail?.reason,
    read: unnumbered(detail?.read),
  }));
}

/** Numbers of documents are others in a simulation. */
function unnumbered<T>(value: T): T {
  const numbers = /\b(?:[A-Z]+-\d{4}-\d{4}|(?:proposal|contract|invoice)-\d+)\b/g;
  return value === undefined ? value : JSON.parse(JSON.stringify(value).replaceAll(numbers, 'a document'));
}

function withContact(scenario: Scenario, name: string): Scenario {
  const { given } = scenario;
  return { ...scenario, given: { ...given, contact: { id: `contact of ${name}`.slice(0, 64), ...given.contact } } };
}

function load(folder: string): Definition[] {
  const path = join(packageRoot, 'definitions', folder);
  return readdirSync(path).map((file) => definitionSchema.parse(JSON.parse(readFileSync(join(path, file), 'utf8'))));
}

function libraryOf(definitions: readonly Definition[]): Library {
  const library = emptyLibrary();
  for (const definition of definitions) {
    if (definition.kind === 'process') library.processes[definition.key] = definition satisfies Process;
    // Membership is what the scenario says: the intake shall not work it out anew.
    if (definition.kind === 'segment')
      library.segments[definition.key] = { ...definition, when: undefined, aggregates: {} };
    if (definition.kind === 'pipeline') library.pipelines[definition.key] = definition;
    if (definition.kind === 'calendar') library.calendars[definition.key] = definition;
    if (definition.kind === 'contact-policy') library.policy = definition;
  }
  return library;
}
