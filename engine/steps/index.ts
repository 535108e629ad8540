import { branch } from './branch.ts';
import type { StepBase, StepType } from './define.ts';
import { end } from './end.ts';
import { updateRecord } from './update-record.ts';
import { wait } from './wait.ts';

/** All step types. Adding one = its file and a line here. */
export const stepTypes = [wait, branch, end, updateRecord] as const;

const byName: ReadonlyMap<string, StepType> = new Map(stepTypes.map((type): [string, StepType] => [type.type, type]));

/** @throws RangeError on a type that does not exist: parsed definitions never hold one. */
export function stepType(step: StepBase): StepType {
  const type = byName.get(step.type);
  if (type === undefined) throw new RangeError(`no step type "${step.type}"`);
  return type;
}
