import { z } from 'zod';
import type { StepBase, StepListSchema, StepType } from '../steps/define.ts';
import { stepTypes } from '../steps/index.ts';
import { schemaProblems } from './issues.ts';
import { mistake, type Path, type Problem } from './problem.ts';
import { hint, suggest } from './suggest.ts';

/** One step of a draft, right or wrong, with its place. */
export interface OutlinedStep {
  id: string;
  path: Path;
  list: OutlinedList;
  /** Present when the step itself (not what is nested in it) has no mistake in its form. */
  parsed?: { step: StepBase; type: StepType };
  nested: OutlinedList[];
}

/** A list of steps: the process's own, or one inside a container. */
export interface OutlinedList {
  path: Path;
  steps: OutlinedStep[];
}

export interface Outline {
  main: OutlinedList;
  /** All steps, nested ones after their container. */
  steps: OutlinedStep[];
  problems: Problem[];
}

/** Takes any array for a nested list: its steps are looked at one by one. */
export const anyList: StepListSchema = z.custom<StepBase[]>(
  (value) => Array.isArray(value) && value.length > 0,
  'give a list with at least one step',
);

interface KnownType {
  type: StepType;
  schema: z.ZodType<Record<string, unknown>>;
}

const types: ReadonlyMap<string, KnownType> = new Map(
  stepTypes.map((type): [string, KnownType] => [type.type, { type, schema: type.schema(anyList) }]),
);

const loose = z.looseObject({ id: z.string(), type: z.string() });

/** Reads the steps of a draft one by one, so that a mistake in one hides no mistake of another. */
export function outline(steps: unknown, path: Path = ['steps']): Outline {
  const found: Outline = { main: { path, steps: [] }, steps: [], problems: [] };
  if (Array.isArray(steps)) readList(steps, found.main, found);
  return found;
}

function readList(raw: readonly unknown[], list: OutlinedList, found: Outline): void {
  for (const [index, value] of raw.entries()) readStep(value, [...list.path, index], list, found);
}

function readStep(value: unknown, path: Path, list: OutlinedList, found: Outline): void {
  const head = loose.safeParse(value);
  if (!head.success) {
    found.problems.push(...schemaProblems(loose, value, path));
    return;
  }
  const { id, type: name } = head.data;
  const outlined: OutlinedStep = { id, path, list, nested: [] };
  list.steps.push(outlined);
  found.steps.push(outlined);
  const known = types.get(name);
  if (known === undefined) {
    const text = `unknown step type "${name}"${hint(name, types.keys())}`;
    found.problems.push(mistake([...path, 'type'], 'wrong-value', text, suggest(name, types.keys())));
    return;
  }
  const { type, schema } = known;
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    found.problems.push(...schemaProblems(schema, value, path));
    return;
  }
  const step: StepBase = { ...parsed.data, id, type: name };
  outlined.parsed = { step, type };
  for (const nested of Object.values(type.nested(step))) {
    const inner: OutlinedList = { path: [...path, ...nested.path], steps: [] };
    outlined.nested.push(inner);
    readList(nested.steps, inner, found);
  }
}
