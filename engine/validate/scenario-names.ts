import { processHead, type Scenario } from '../schema/process.ts';
import { duplicates } from './duplicates.ts';
import type { Outline } from './outline.ts';
import { wellFormed } from './parts.ts';
import { mistake, type Path, type Problem } from './problem.ts';
import { hint, suggest } from './suggest.ts';

const { element } = processHead.shape.scenarios.unwrap();

/** Names in scenarios: each scenario has its own, and the steps that it speaks of exist. */
export function scenarioNameProblems(scenarios: unknown, { steps }: Outline): Problem[] {
  const ids = steps.map((step) => step.id);
  const found = wellFormed(element, scenarios);
  return [
    ...duplicates(found.map(({ value, index }) => ({ name: value.name, path: ['scenarios', index, 'name'] }))),
    ...found.flatMap(({ value, index }) =>
      stepsNamed(value)
        .filter(([id]) => !ids.includes(id))
        .map(([id, path]) =>
          mistake(
            ['scenarios', index, ...path],
            'unknown-step',
            `unknown step "${id}"${hint(id, ids)}`,
            suggest(id, ids),
          ),
        ),
    ),
  ];
}

function stepsNamed({ given, events, expect }: Scenario): [id: string, path: Path][] {
  return [
    ...Object.keys(given.http).map((id): [string, Path] => [id, ['given', 'http', id]]),
    ...events.flatMap(({ of }, index): [string, Path][] => (of === undefined ? [] : [[of, ['events', index, 'of']]])),
    ...(expect.steps ?? []).map((id, index): [string, Path] => [id, ['expect', 'steps', index]]),
    ...(['skipped', 'tasks'] as const).flatMap((list) =>
      (expect[list] ?? []).map(({ step }, index): [string, Path] => [step, ['expect', list, index, 'step']]),
    ),
  ];
}
