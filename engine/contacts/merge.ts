import type { FieldChange } from '../changes.ts';
import { canonicalJson } from '../hash.ts';
import type { Json } from '../json.ts';
import { type Channel, type Consent, type ContactView, channels, type Language } from '../model/contact.ts';
import { emailKey, phoneKey } from './normalise.ts';

/** What a lead, a form or a request may say about a contact. */
export interface ContactFields {
  email?: string;
  phone?: string;
  firstName?: string;
  lastName?: string;
  company?: string;
  language?: Language;
  timezone?: string;
  owner?: string;
  attributes: Record<string, Json>;
}

export interface MergeRule {
  /** What to do with fields that already have a value. */
  rule: 'fill-empty' | 'overwrite';
  /** When what comes in was true, epoch ms. */
  at: number;
  /** When the contact's fields last changed, epoch ms. */
  changedAt: number;
}

const texts = ['firstName', 'lastName', 'company', 'timezone', 'owner'] as const;

/**
 * Merges what came in into a contact, by this rule:
 * 1. What is empty (absent, null, blank text, an empty list) never erases anything.
 * 2. An empty field is filled, whatever the rule.
 * 3. `email` and `phone` are only ever filled: the contact was found by them, and consent was given for them.
 * 4. A field with a value changes only under `overwrite`, and only when what comes in is not older than the
 *    contact's last change: the newest wins by when it happened, not by when it arrived.
 * 5. Lists and maps are values as wholes; texts are trimmed.
 */
export function mergeAttributes(
  current: ContactFields,
  incoming: Partial<ContactFields>,
  rule: MergeRule,
): { fields: ContactFields; changes: FieldChange[] } {
  const changes: FieldChange[] = [];
  const overwrite = rule.rule === 'overwrite' && rule.at >= rule.changedAt;
  const merged = <T extends Json>(field: string, from: T | undefined, to: T | undefined, mayReplace: boolean) => {
    if (to === undefined || isEmpty(to)) return from;
    const had = from !== undefined && !isEmpty(from);
    if (had && (!mayReplace || canonicalJson(from) === canonicalJson(to))) return from;
    changes.push({ field, from: from ?? null, to });
    return to;
  };
  const fields: ContactFields = { ...current };
  fields.email = merged('email', current.email, trimmed(incoming.email), false);
  fields.phone = merged('phone', current.phone, trimmed(incoming.phone), false);
  fields.language = merged('language', current.language, incoming.language, overwrite);
  for (const field of texts) fields[field] = merged(field, current[field], trimmed(incoming[field]), overwrite);
  const attributes = new Map(Object.entries(current.attributes));
  for (const [name, value] of Object.entries(incoming.attributes ?? {})) {
    const to = merged<Json>(`attributes.${name}`, attributes.get(name), trimmed(value), overwrite);
    if (to !== undefined) attributes.set(name, to);
  }
  fields.attributes = Object.fromEntries(attributes);
  return { fields: withoutAbsent(fields), changes };
}

/**
 * Makes one contact of two that turned out to be the same person:
 * - the older one survives (of two as old, the smaller id) and keeps its values; the other fills what is empty;
 * - consent: withdrawn by either is withdrawn; a grant counts only with the address that it was given for;
 * - suppressions and segments of both hold; arms of the survivor win, so a sticky arm stays;
 * - the score is the survivor's until it is calculated anew from both ledgers.
 */
export function mergeContacts(
  one: ContactView,
  other: ContactView,
): { survivor: ContactView; absorbed: string; changes: FieldChange[] } {
  const [older, younger] = isOlder(one, other) ? [one, other] : [other, one];
  const { fields, changes } = mergeAttributes(older, younger, { rule: 'fill-empty', at: 0, changedAt: 0 });
  const survivor: ContactView = {
    ...older,
    ...fields,
    language: older.language,
    segments: [...new Set([...older.segments, ...younger.segments])],
    consent: { ...older.consent },
    suppressed: { ...younger.suppressed, ...older.suppressed },
    arms: { ...younger.arms, ...older.arms },
  };
  for (const channel of channels) survivor.consent[channel] = mergedConsent(channel, survivor, [older, younger]);
  return { survivor, absorbed: younger.id, changes };
}

function isOlder(one: ContactView, other: ContactView): boolean {
  return one.createdAt === other.createdAt ? one.id < other.id : one.createdAt < other.createdAt;
}

function mergedConsent(channel: Channel, survivor: ContactView, contacts: readonly ContactView[]): Consent {
  if (contacts.some((contact) => contact.consent[channel] === 'withdrawn')) return 'withdrawn';
  const key = addressKey(survivor, channel);
  const granted = contacts.some(
    (contact) => contact.consent[channel] === 'granted' && addressKey(contact, channel) === key,
  );
  return granted ? 'granted' : 'unknown';
}

/** The normalised address of a channel. */
export function addressKey({ email, phone }: Pick<ContactFields, 'email' | 'phone'>, channel: Channel): string | null {
  if (channel === 'email') return email === undefined ? null : emailKey(email);
  return phone === undefined ? null : phoneKey(phone);
}

function trimmed<T>(value: T): T | string {
  return typeof value === 'string' ? value.trim() : value;
}

function isEmpty(value: Json): boolean {
  return (
    value === null || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)
  );
}

function withoutAbsent(fields: ContactFields): ContactFields {
  const present = { ...fields };
  for (const field of ['email', 'phone', 'language', ...texts] as const) {
    if (present[field] === undefined) delete present[field];
  }
  return present;
}
