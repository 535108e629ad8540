import type { DomainEvent } from '../model/event.ts';
import type { Process } from '../schema/index.ts';
import { compile } from './compile.ts';

/** Which events an instance of a process wants to hear of. */
export interface Interests {
  events: Set<string>;
  /** Changes of the subject: a wait for a date, or a goal or an exit without an event, looks at them. */
  changes: boolean;
  /** Every event of the subject: a goal or an exit is a condition alone. */
  all: boolean;
}

const isChange = /^(contact|score|segment)\.|\.changed$/;

const known = new WeakMap<Process, Interests>();

export function interests(process: Process): Interests {
  const before = known.get(process);
  if (before !== undefined) return before;
  const found: Interests = { events: new Set(), changes: false, all: false };
  for (const { event } of [...process.goals, ...process.exits]) {
    if (event !== undefined) found.events.add(event);
    else Object.assign(found, { changes: true, all: true });
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

/** Whether an instance of the process is to get an event of its subject. */
export function isInterested(process: Process, event: DomainEvent): boolean {
  const { events, changes, all } = interests(process);
  return all || events.has(event.name) || (changes && isChange.test(event.name));
}
