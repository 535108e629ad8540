import type { JsonObject } from '../../engine/json.ts';
import type { DefinitionRef, SubjectRef } from '../../engine/model/state.ts';

/** A domain event that is about to be applied to a contact. */
export interface Happening {
  name: string;
  data: JsonObject;
  /** Effect key of the message that it is about. */
  message?: string;
  /** The item's own event, which carries the item's id. */
  main?: true;
  /** The one process that an enrolment asks for, with the ticket or the deal that it is for: no other trigger looks at it. */
  enrol?: { process: string; ticket?: JsonObject; deal?: JsonObject };
  /** The steps of a part of a definition that begin with it: no other trigger looks at it. */
  steps?: { definition: DefinitionRef; subject: SubjectRef };
  /** How many events, each following from the one before, led to it. */
  depth: number;
}

/** The item's own event. */
export function main(
  name: string,
  data: JsonObject,
  more: Pick<Happening, 'message' | 'enrol' | 'steps'> = {},
): Happening {
  return { name, data, main: true, depth: 0, ...more };
}

/** An event that comes along with an item or follows from another event. */
export function follows(name: string, data: JsonObject, depth = 0): Happening {
  return { name, data, depth };
}
