import type { FieldChange } from '../changes.ts';
import { holdsOrTell, type Tell, type Values } from '../conditions/evaluate.ts';
import { canonicalJson } from '../hash.ts';
import type { Json } from '../json.ts';
import type { DomainEvent } from '../model/event.ts';
import type { Process } from '../schema/index.ts';
import type { Trigger } from '../schema/process.ts';

/**
 * The trigger of a process that an event sets off, or null. Entries that name their process (by the API, a schedule or
 * another process) do not come through here. A `when` that cannot be answered does not start anything; `tell` hears of it,
 * unless only a field is missing.
 */
export function triggeredBy(process: Process, event: DomainEvent, values: Values, tell?: Tell): Trigger | null {
  for (const trigger of process.triggers) {
    if (!matches(trigger, event)) continue;
    const when = 'when' in trigger ? trigger.when : undefined;
    if (when === undefined) return trigger;
    if (holdsOrTell(when, { ...values, event, trigger: event }, tell)) return trigger;
  }
  return null;
}

function matches(trigger: Trigger, event: DomainEvent): boolean {
  switch (trigger.on) {
    case 'event':
      return event.name === trigger.event;
    case 'change':
      return changesOf(event).some(
        (change) => change.field === trigger.field && same(trigger.from, change.from) && same(trigger.to, change.to),
      );
    case 'segment':
      return event.name === `segment.${trigger.change}` && event.data.segment === trigger.segment;
    default:
      return false;
  }
}

/** Changes of a `contact.changed`, `deal.changed` or `ticket.changed` event, their fields with the subject: `contact.language`. */
function changesOf(event: DomainEvent): FieldChange[] {
  const [subject] = event.name.split('.');
  if (event.name !== `${subject}.changed` || !Array.isArray(event.data.changes)) return [];
  const found: FieldChange[] = [];
  for (const change of event.data.changes) {
    if (typeof change !== 'object' || change === null || typeof change.field !== 'string') continue;
    found.push({ field: `${subject}.${change.field}`, from: change.from ?? null, to: change.to ?? null });
  }
  return found;
}

function same(wanted: Json | undefined, value: Json): boolean {
  return wanted === undefined || canonicalJson(wanted) === canonicalJson(value);
}
