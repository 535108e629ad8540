import type { FieldChange } from '../changes.ts';
import { canonicalJson } from '../hash.ts';
import type { Json } from '../json.ts';
import { type Channel, type ContactView, channels, type SuppressionReason } from '../model/contact.ts';
import { addressKey, mergeContacts } from './merge.ts';

/** The two contacts as they were right before their merge. */
export interface Merge {
  /** The one that survived. */
  kept: ContactView;
  /** The one that went. */
  before: ContactView;
}

export interface Unmerged {
  survivor: ContactView;
  restored: ContactView;
  /** Fields of the survivor that are as before the merge again. */
  changes: FieldChange[];
  /** Fields that the merge had filled and that have changed since: they stay with the survivor. */
  stayed: string[];
}

const fields = ['email', 'phone', 'firstName', 'lastName', 'company', 'timezone', 'owner'] as const;
const addressFields = { email: 'email', phone: 'sms' } as const;

/**
 * Makes two contacts of one again. What the merge brought to the survivor goes back, unless it has changed since; what
 * came after the merge stays with the survivor, and the other is as it was. For safety both are spared:
 * - a consent that is withdrawn by now is withdrawn for both, and no grant comes back to an address that goes away;
 * - a suppression that was set since holds for both; one that is about an address, only for who has it.
 * Segments that people are put into go back as well; those with a condition are for the caller to look at anew.
 * @param isSet whether members of a segment are put into it
 */
export function unmergeContacts(
  now: ContactView,
  { kept, before }: Merge,
  isSet: (segment: string) => boolean,
): Unmerged {
  const merged = mergeContacts(kept, before).survivor;
  const survivor: ContactView = {
    ...now,
    attributes: { ...now.attributes },
    arms: { ...now.arms },
    consent: { ...now.consent },
    suppressed: { ...now.suppressed },
  };
  const restored: ContactView = { ...before, consent: { ...before.consent }, suppressed: { ...before.suppressed } };
  const changes: FieldChange[] = [];
  const stayed: string[] = [];
  /** @returns whether the field is to be as before the merge again */
  const goesBack = (field: string, is: Json | undefined, made: Json | undefined, was: Json | undefined): boolean => {
    if (isSame(made, was)) return false;
    if (!isSame(is, made)) {
      stayed.push(field);
      return false;
    }
    changes.push({ field, from: is ?? null, to: was ?? null });
    return true;
  };

  for (const field of fields) {
    const channel = field === 'email' || field === 'phone' ? addressFields[field] : undefined;
    // However it is written by now, the address is the other one's.
    const is = channel && hasAddressOf(now, before, channel) ? merged[field] : now[field];
    if (!goesBack(field, is, merged[field], kept[field])) continue;
    if (kept[field] === undefined) delete survivor[field];
    else survivor[field] = kept[field];
  }
  for (const [name, value] of Object.entries(merged.attributes)) {
    if (!goesBack(`attributes.${name}`, now.attributes[name], value, kept.attributes[name])) continue;
    const was = kept.attributes[name];
    if (was === undefined) delete survivor.attributes[name];
    else survivor.attributes[name] = was;
  }
  for (const [split, arm] of Object.entries(merged.arms)) {
    if (kept.arms[split] === undefined && now.arms[split] === arm) delete survivor.arms[split];
  }
  for (const channel of channels) {
    const shared = hasAddressOf(now, before, channel);
    const moved = shared && addressKey(survivor, channel) === null;
    const { [channel]: suppression } = now.suppressed;
    if (suppression !== undefined && (shared || !isOfAddress(suppression)))
      restored.suppressed[channel] ??= suppression;
    if (moved && isOfAddress(suppression) && kept.suppressed[channel] === undefined)
      delete survivor.suppressed[channel];
    if (now.consent[channel] === 'withdrawn') restored.consent[channel] = 'withdrawn';
    else if (moved || now.consent[channel] === merged.consent[channel])
      survivor.consent[channel] = kept.consent[channel];
  }
  const brought = before.segments.filter((segment) => isSet(segment) && !kept.segments.includes(segment));
  survivor.segments = now.segments.filter((segment) => !brought.includes(segment));
  return { survivor, restored, changes, stayed };
}

function hasAddressOf(contact: ContactView, other: ContactView, channel: Channel): boolean {
  const key = addressKey(contact, channel);
  return key !== null && key === addressKey(other, channel);
}

/** Whether a channel was closed because of its address, not by the person. */
function isOfAddress(reason: SuppressionReason | undefined): boolean {
  return reason === 'bounced' || reason === 'invalid';
}

function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return canonicalJson(one ?? null) === canonicalJson(other ?? null);
}
