import { changeOf, type FieldChange } from '../../engine/changes.ts';
import { mergeAttributes } from '../../engine/contacts/merge.ts';
import { emailKey, phoneKey } from '../../engine/contacts/normalise.ts';
import type { JsonObject } from '../../engine/json.ts';
import { contactView, searchWords } from '../../store/contacts.ts';
import type { ContactDoc } from '../../store/models/contact.ts';
import type { Crowd } from './crowd.ts';
import { type Bodies, type ContactFields, contactFields } from './items.ts';
import type { Person } from './person.ts';
import { ItemProblem } from './problem.ts';

const plainFields = ['firstName', 'lastName', 'company', 'timezone', 'owner'] as const;

/** Adds what a lead says to a contact, by the written rule of `mergeAttributes`. `at`: epoch ms of the lead. */
export function mergeLead(crowd: Crowd, person: Person, lead: Bodies['lead'], at: number): FieldChange[] {
  crowd.touch(person);
  const { doc } = person;
  // A new contact has the company's language only for want of a better one.
  const { language, ...known } = contactView(doc);
  const current = person.stored === null && person.history.length === 0 ? known : { ...known, language };
  const changedAt = doc.updatedAt.getTime();
  const { fields, changes } = mergeAttributes(current, withoutNull(lead), { rule: lead.duplicates, at, changedAt });
  if (fields.email !== undefined && doc.emailKey === undefined) setEmail(crowd, person, fields.email);
  if (fields.phone !== undefined && doc.phoneKey === undefined) setPhone(crowd, person, fields.phone);
  if (fields.language !== undefined) doc.language = fields.language;
  for (const name of plainFields) {
    const value = fields[name];
    if (value !== undefined) doc[name] = value;
  }
  doc.attributes = fields.attributes;
  settle(doc, changes, at);
  return changes;
}

/**
 * Writes fields as they are given; `null` clears.
 * @throws ItemProblem when an email or a phone belongs to somebody else
 */
export function setFields(crowd: Crowd, person: Person, fields: ContactFields, at: number): FieldChange[] {
  crowd.touch(person);
  const { doc } = person;
  const before = contactView(doc);
  if (fields.email !== undefined) setEmail(crowd, person, fields.email);
  if (fields.phone !== undefined) setPhone(crowd, person, fields.phone);
  if (fields.language !== undefined) doc.language = fields.language;
  for (const name of plainFields) {
    const value = fields[name];
    if (value === null) delete doc[name];
    else if (value !== undefined) doc[name] = value;
  }
  doc.attributes = { ...doc.attributes };
  for (const [name, value] of Object.entries(fields.attributes ?? {})) {
    if (value === null) delete doc.attributes[name];
    else doc.attributes[name] = value;
  }
  const after = contactView(doc);
  const changes = [
    ...(['email', 'phone', 'language', ...plainFields] as const).flatMap((field) =>
      changeOf(field, before[field], after[field]),
    ),
    ...Object.keys(fields.attributes ?? {}).flatMap((name) =>
      changeOf(`attributes.${name}`, before.attributes[name], after.attributes[name]),
    ),
  ];
  settle(doc, changes, at);
  return changes;
}

/** Takes the arms of splits out of a `change` item and keeps them on the contact: a sticky split finds them there again. */
export function takeArms(crowd: Crowd, person: Person, set: JsonObject): JsonObject {
  const rest: JsonObject = {};
  const arms: Record<string, string> = {};
  for (const [path, value] of Object.entries(set)) {
    if (path.startsWith('arms.') && typeof value === 'string') arms[path.slice('arms.'.length)] = value;
    else rest[path] = value;
  }
  if (Object.keys(arms).length > 0) {
    crowd.touch(person);
    person.doc.arms = { ...person.doc.arms, ...arms };
  }
  return rest;
}

/**
 * The fields of a `change` item: `contact.attributes.plan`, `attributes.plan` or `firstName`.
 * @throws ItemProblem naming a field that nobody may set, or a value of the wrong type
 */
export function fieldsOf(set: JsonObject): ContactFields {
  const fields: JsonObject = {};
  const attributes: JsonObject = {};
  for (const [path, value] of Object.entries(set)) {
    const field = path.replace(/^contact\./, '');
    if (field.startsWith('attributes.')) attributes[field.slice('attributes.'.length)] = value;
    else fields[field] = value;
  }
  const parsed = contactFields.safeParse({ ...fields, ...(Object.keys(attributes).length > 0 && { attributes }) });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ItemProblem('VALIDATION_FAILED', `${issue?.path.join('.') || 'set'}: ${issue?.message ?? 'is not valid'}`);
}

function setEmail(crowd: Crowd, person: Person, email: string | null): void {
  const key = email === null ? undefined : (emailKey(email) ?? undefined);
  if (key !== undefined) refuseTaken(crowd.byEmail(key), person, 'email');
  crowd.setEmail(person, key);
  if (email === null) delete person.doc.email;
  else person.doc.email = email.trim();
}

function setPhone(crowd: Crowd, person: Person, phone: string | null): void {
  const key = phone === null ? undefined : (phoneKey(phone) ?? undefined);
  if (key !== undefined) refuseTaken(crowd.byPhone(key), person, 'phone');
  crowd.setPhone(person, key);
  if (phone === null) delete person.doc.phone;
  else person.doc.phone = phone.trim();
}

function refuseTaken(holder: Person | undefined, person: Person, field: 'email' | 'phone'): void {
  if (holder === undefined || holder === person) return;
  throw new ItemProblem('CONFLICT', `${field}: belongs to the contact ${holder.doc._id} already`);
}

function settle(doc: ContactDoc, changes: readonly FieldChange[], at: number): void {
  if (changes.length === 0) return;
  doc.search = searchWords(doc);
  doc.updatedAt = new Date(Math.max(at, doc.updatedAt.getTime()));
}

function withoutNull<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], null> } {
  return JSON.parse(JSON.stringify(fields, (_, value) => (value === null ? undefined : value)));
}
