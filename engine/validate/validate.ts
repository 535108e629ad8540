import type { Library } from '../library.ts';
import { type Definition, definitionSchema } from '../schema/index.ts';
import { schemaProblems } from './issues.ts';
import { calendarProblems } from './kinds/calendar.ts';
import { contactPolicyProblems } from './kinds/contact-policy.ts';
import { formProblems } from './kinds/form.ts';
import { pipelineProblems } from './kinds/pipeline.ts';
import { routingProblems } from './kinds/routing.ts';
import { scoringProblems } from './kinds/scoring.ts';
import { segmentProblems } from './kinds/segment.ts';
import { slaProblems } from './kinds/sla.ts';
import { mistake, type Problem } from './problem.ts';
import { processProblems } from './process.ts';
import {
  pipelineScenarioProblems,
  routingScenarioProblems,
  scenarioProblems,
  slaScenarioProblems,
} from './scenarios.ts';
import { hint, suggest } from './suggest.ts';

export type { Problem } from './problem.ts';

type Checks = (json: Readonly<Record<string, unknown>>, library: Library) => Problem[];

const kinds: Record<Definition['kind'], Checks> = {
  process: processProblems,
  scoring: scoringProblems,
  segment: segmentProblems,
  calendar: calendarProblems,
  'contact-policy': contactPolicyProblems,
  form: formProblems,
  sla: slaProblems,
  routing: routingProblems,
  pipeline: pipelineProblems,
};

export interface Validation {
  /** Present when there are no errors: what may be published. */
  definition?: Definition;
  problems: Problem[];
}

/**
 * Every mistake in a definition at once, with its path, its reason and, where one is known, its cure; warnings follow the
 * errors. A process, a policy or a routing without errors has its scenarios run as well. Never throws.
 * @param library what the definition may name; it need not hold the definition itself.
 */
export function validateDefinition(json: unknown, library: Library): Validation {
  if (!isObject(json)) return { problems: [mistake([], 'wrong-type', 'a definition is a JSON object')] };
  const checks = Object.entries(kinds).find(([kind]) => kind === json.kind)?.[1];
  if (checks === undefined) return { problems: [unknownKind(json.kind)] };
  const problems = checks(json, library);
  const parsed = definitionSchema.safeParse(json);
  if (problems.some(isError)) return { problems: sorted(problems) };
  if (!parsed.success) return { problems: sorted([...schemaProblems(definitionSchema, json), ...problems]) };
  if (parsed.data.kind === 'process') problems.push(...scenarioProblems(parsed.data, library));
  if (parsed.data.kind === 'sla') problems.push(...slaScenarioProblems(parsed.data, library));
  if (parsed.data.kind === 'pipeline') problems.push(...pipelineScenarioProblems(parsed.data, library));
  if (parsed.data.kind === 'routing') problems.push(...routingScenarioProblems(parsed.data, library));
  return { ...(!problems.some(isError) && { definition: parsed.data }), problems: sorted(problems) };
}

function unknownKind(kind: unknown): Problem {
  const known = Object.keys(kinds);
  const text =
    typeof kind === 'string'
      ? `unknown kind "${kind}"${hint(kind, known)}`
      : `"kind" is missing: give one of ${known.join(', ')}`;
  return mistake(['kind'], 'unknown-kind', text, typeof kind === 'string' ? suggest(kind, known) : undefined);
}

function isError(problem: Problem): boolean {
  return problem.severity === 'error';
}

function sorted(problems: readonly Problem[]): Problem[] {
  return [...problems.filter(isError), ...problems.filter((problem) => !isError(problem))];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
