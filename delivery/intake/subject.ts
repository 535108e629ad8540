import { isObject, type Json, type JsonObject } from '../../engine/json.ts';

/** What an event's data hold of a ticket or a deal; nothing where it is no such thing. */
export function subjectIn(value: Json | undefined): JsonObject | undefined {
  return isObject(value) && typeof value.id === 'string' ? value : undefined;
}
