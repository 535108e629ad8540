import type { FieldChange } from '../../engine/changes.ts';
import { mergeContacts } from '../../engine/contacts/merge.ts';
import { emailKey, phoneKey } from '../../engine/contacts/normalise.ts';
import { contactView, searchWords } from '../../store/contacts.ts';
import type { ContactRecordDoc } from '../../store/models/record.ts';
import type { Crowd } from './crowd.ts';
import type { Wanted } from './load.ts';
import type { Person } from './person.ts';
import { ItemProblem } from './problem.ts';

/** How an item names the contact that it is about. */
export interface Who {
  contactId?: string | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  /** Somebody who was merged into it and shall be parted from it. */
  absorbed?: string | undefined;
}

/** Adds what must be read to find a contact. */
export function want(wanted: Wanted, { contactId, email, phone, absorbed }: Who): void {
  if (contactId !== undefined) wanted.ids.add(contactId);
  if (absorbed !== undefined) wanted.absorbed.add(absorbed);
  const keys = keysOf({ email, phone });
  if (keys.email !== undefined) wanted.emails.add(keys.email);
  if (keys.phone !== undefined) wanted.phones.add(keys.phone);
}

function keysOf({ email, phone }: Who): { email?: string | undefined; phone?: string | undefined } {
  return {
    email: email ? (emailKey(email) ?? undefined) : undefined,
    phone: phone ? (phoneKey(phone) ?? undefined) : undefined,
  };
}

export interface Resolved {
  person: Person;
  created: boolean;
  /** Addresses that a known contact did not have before. */
  changes: FieldChange[];
  merge?: ContactRecordDoc;
}

/**
 * The contact of an item: by id, else by email, else by phone, else a new one with these keys. When the email is one
 * contact's and the phone another's, the two are one person and are merged.
 * @throws ItemProblem for an unknown id
 */
export function resolve(crowd: Crowd, who: Who, at: number): Resolved {
  if (who.contactId !== undefined) {
    const person = crowd.byId(who.contactId);
    if (person === undefined) throw new ItemProblem('NOT_FOUND', `contactId: there is no contact ${who.contactId}`);
    return { person, created: false, changes: [] };
  }
  const keys = keysOf(who);
  const byEmail = keys.email === undefined ? undefined : crowd.byEmail(keys.email);
  const byPhone = keys.phone === undefined ? undefined : crowd.byPhone(keys.phone);
  if (byEmail !== undefined && byPhone !== undefined && byEmail !== byPhone) return merge(crowd, byEmail, byPhone, at);
  const known = byEmail ?? byPhone;
  if (known !== undefined) {
    return { person: known, created: false, changes: addKeys(crowd, known, who, keys) };
  }
  const person = crowd.create(at);
  addKeys(crowd, person, who, keys);
  return { person, created: true, changes: [] };
}

/** Gives a contact the address that it does not have yet. */
function addKeys(crowd: Crowd, person: Person, who: Who, keys: ReturnType<typeof keysOf>): FieldChange[] {
  crowd.touch(person);
  const { doc } = person;
  const changes: FieldChange[] = [];
  if (keys.email !== undefined && doc.emailKey === undefined) {
    crowd.setEmail(person, keys.email);
    doc.email = who.email?.trim() ?? keys.email;
    changes.push({ field: 'email', from: null, to: doc.email });
  }
  if (keys.phone !== undefined && doc.phoneKey === undefined) {
    crowd.setPhone(person, keys.phone);
    doc.phone = who.phone?.trim() ?? keys.phone;
    changes.push({ field: 'phone', from: null, to: keys.phone });
  }
  if (changes.length > 0) doc.search = searchWords(doc);
  return changes;
}

/** Makes one contact of two; the one that goes keeps its document, so that the merge can be told and undone. */
function merge(crowd: Crowd, one: Person, other: Person, at: number): Resolved {
  crowd.touch(one);
  crowd.touch(other);
  const merged = mergeContacts(contactView(one.doc), contactView(other.doc));
  const [person, gone] = merged.absorbed === other.doc._id ? [one, other] : [other, one];
  const { emailKey: goneEmail, phoneKey: gonePhone } = gone.doc;
  const [before, kept] = [gone, person].map(({ doc }) => JSON.parse(JSON.stringify(contactView(doc))));
  const { mergedFrom } = gone.doc;
  crowd.setEmail(gone, undefined);
  crowd.setPhone(gone, undefined);
  const { doc } = person;
  if (doc.emailKey === undefined && goneEmail !== undefined) crowd.setEmail(person, goneEmail);
  if (doc.phoneKey === undefined && gonePhone !== undefined) crowd.setPhone(person, gonePhone);
  const { id: _, createdAt: __, ...fields } = merged.survivor;
  Object.assign(doc, fields);
  doc.mergedFrom = [...doc.mergedFrom, gone.doc._id, ...mergedFrom];
  doc.search = searchWords(doc);
  doc.updatedAt = new Date(Math.max(at, doc.updatedAt.getTime()));
  gone.doc.mergedInto = doc._id;
  gone.doc.mergedFrom = [];
  gone.doc.search = [];
  gone.doc.segments = [];
  crowd.follow([gone.doc._id, ...mergedFrom], person);
  person.entries.push(...gone.entries);
  person.history.push(...gone.history);
  person.seats.push(...gone.seats);
  gone.seats = [];
  const absorbed = gone.doc._id;
  const record: ContactRecordDoc = {
    _id: `merge/${doc._id}/${absorbed}/${at}`,
    contactId: doc._id,
    kind: 'merge',
    detail: { absorbed, before, kept, mergedFrom, changes: merged.changes.map((change) => ({ ...change })) },
    at: new Date(at),
  };
  return { person, created: false, changes: merged.changes, merge: record };
}
