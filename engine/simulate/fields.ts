import { changeOf, type FieldChange } from '../changes.ts';
import type { Json, JsonObject } from '../json.ts';
import type { ContactView } from '../model/contact.ts';

/**
 * Sets fields of a contact by their paths: `company`, `attributes.plan`, `arms.process/step`. Null clears. Changes are
 * those of a `contact.changed` event; the arms of splits are no field of that kind.
 */
export function setFields(
  contact: ContactView,
  set: Record<string, Json>,
): { contact: ContactView; changes: FieldChange[] } {
  const changes: FieldChange[] = [];
  let changed: ContactView = contact;
  for (const [path, to] of Object.entries(set)) {
    const dot = path.indexOf('.');
    const group = dot < 0 ? '' : path.slice(0, dot);
    const name = path.slice(dot + 1);
    if (group === 'arms' && typeof to === 'string') {
      changed = { ...changed, arms: { ...changed.arms, [name]: to } };
      continue;
    }
    const holder = group === 'attributes' ? changed.attributes : changed;
    const [change] = changeOf(path, Reflect.get(holder, name), to);
    if (change === undefined) continue;
    const value = to === null ? undefined : to;
    changed =
      group === 'attributes'
        ? { ...changed, attributes: without({ ...changed.attributes, [name]: to }, to === null ? name : null) }
        : { ...changed, [name]: value };
    changes.push(change);
  }
  return { contact: changed, changes };
}

function without(members: Record<string, Json>, name: string | null): Record<string, Json> {
  if (name === null) return members;
  const { [name]: _gone, ...rest } = members;
  return rest;
}

/** `{ attributes: { plan: "pro" } }` as the paths that changes name. */
export function flatten({ attributes, ...fields }: JsonObject): JsonObject {
  const flat: JsonObject = { ...fields };
  if (typeof attributes === 'object' && attributes !== null) {
    for (const [name, value] of Object.entries(attributes)) flat[`attributes.${name}`] = value;
  }
  return flat;
}
