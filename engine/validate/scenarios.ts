import type { Json } from '../json.ts';
import type { Library } from '../library.ts';
import { checkPipeline } from '../pipeline/check.ts';
import { simulatePipeline } from '../pipeline/simulate.ts';
import { routingProcess } from '../routing/process.ts';
import type { Pipeline, Process, Sla } from '../schema/index.ts';
import type { Scenario } from '../schema/process.ts';
import type { Routing } from '../schema/routing.ts';
import { templateId } from '../schema/template.ts';
import { checkRun } from '../simulate/check.ts';
import { type SimulationRun, simulate } from '../simulate/simulate.ts';
import { checkSla } from '../sla/check.ts';
import { simulateSla } from '../sla/simulate.ts';
import { mistake, type Problem } from './problem.ts';

/** Plays every scenario of a sound process: one problem for each thing that does not go as expected. */
export function scenarioProblems(process: Process, library: Library): Problem[] {
  return played(process, process.scenarios, library);
}

/** The same for a routing: the process that it stands for. */
export function routingScenarioProblems(routing: Routing, library: Library): Problem[] {
  const routings = { ...library.routings, [routing.key]: routing };
  return played(routingProcess(routing), routing.scenarios, { ...library, routings });
}

function played(process: Process, scenarios: readonly Scenario[], library: Library): Problem[] {
  return scenarios.flatMap((scenario, index) => {
    const run = simulate(process, library, scenario);
    return [...checkRun(run, scenario), ...unfilled(run, library)].map((text) =>
      mistake(['scenarios', index], 'scenario-failed', `scenario "${scenario.name}": ${text}`),
    );
  });
}

/** The same for a policy. */
export function slaScenarioProblems(sla: Sla, library: Library): Problem[] {
  return sla.scenarios.flatMap((scenario, index) =>
    checkSla(simulateSla(sla, library, scenario), scenario).map((text) =>
      mistake(['scenarios', index], 'scenario-failed', `scenario "${scenario.name}": ${text}`),
    ),
  );
}

/** The same for a pipeline. */
export function pipelineScenarioProblems(pipeline: Pipeline, library: Library): Problem[] {
  return pipeline.scenarios.flatMap((scenario, index) =>
    checkPipeline(simulatePipeline(pipeline, library, scenario), scenario).map((text) =>
      mistake(['scenarios', index], 'scenario-failed', `scenario "${scenario.name}": ${text}`),
    ),
  );
}

/** What the message's data hold; what the contact has, and who gives `surveyUrl`, is another's matter. */
const inData = /^(trigger|vars|ticket|deal)\./;

/** Variables that a message's template could not have found in this run. */
function unfilled(run: SimulationRun, library: Library): string[] {
  return run.messages.flatMap(({ channel, template, data }) => {
    const variables = library.templates[templateId(channel, template)]?.variables ?? [];
    return variables
      .filter((path) => inData.test(path) && isMissing(data, path))
      .map((path) => `the ${channel} "${template}" reads ${path}, which this run does not have`);
  });
}

function isMissing(data: SimulationRun['messages'][number]['data'], path: string): boolean {
  let value: Json | undefined = data;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null) return true;
    value = Reflect.get(value, part);
  }
  return value === undefined || value === null;
}
