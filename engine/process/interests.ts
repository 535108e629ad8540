import type { Process } from '../schema/index.ts';
import { compile } from './compile.ts';

/** Which events an instance of a process wants to hear of. */
export interface Interests {
  events: Set<string>;
  /** Any change of the subject (fields, score, segments): a condition or a date looks at it. */
  changes: boolean;
}

const known = new WeakMap<Process, Interests>();

export function interests(process: Process): Interests {
  const before = known.get(process);
  if (before !== undefined) return before;
  const found: Interests = { events: new Set(), changes: false };
  for (const { event } of [...process.goals, ...process.exits]) {
    if (event === undefined) found.changes = true;
    else found.events.add(event);
  }
  for (const { step, type } of compile(process).steps.values()) {
    for (const { kind, key } of type.references(step)) {
      if (kind === 'event') found.events.add(key);
      if (kind === 'field') found.changes = true;
    }
  }
  known.set(process, found);
  return found;
}
