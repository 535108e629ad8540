import { emailKey } from '../../engine/contacts/normalise.ts';
import { unmergeContacts } from '../../engine/contacts/unmerge.ts';
import type { ContactView } from '../../engine/model/contact.ts';
import { contactView, searchWords } from '../../store/contacts.ts';
import type { ContactRecordDoc } from '../../store/models/record.ts';
import type { Crowd } from './crowd.ts';
import { follows, main } from './happening.ts';
import type { Bodies } from './items.ts';
import type { Applied, Desk } from './kinds.ts';
import { recount } from './money/recount.ts';
import type { Person } from './person.ts';
import { ItemProblem } from './problem.ts';
import { resolve } from './resolve.ts';

/**
 * Makes two contacts of a merged one again, by the rule of `unmergeContacts`. Events, points, instances and messages
 * return with the contact under whose id they were made: what came after the merge was made under the survivor's.
 * @throws ItemProblem when there is no such merge, a later one stands on it, or somebody else has the address by now
 */
export function unmerge({ contactId, absorbed, by }: Bodies['unmerge'], desk: Desk): Applied {
  const { crowd, ledger, library, id, at } = desk;
  const { person } = resolve(crowd, { contactId }, at);
  const merge = crowd.merge(absorbed);
  if (merge === undefined || crowd.byId(absorbed) === merge.gone) {
    throw new ItemProblem('NOT_FOUND', `absorbed: no merge of ${absorbed} into ${contactId} is on record`);
  }
  const { gone, detail } = merge;
  if (gone.doc.mergedInto !== person.doc._id) {
    throw new ItemProblem('CONFLICT', `absorbed: came with ${gone.doc.mergedInto}: undo that merge first`);
  }
  crowd.touch(person);
  crowd.touch(gone);
  const isSet = (segment: string) => library.segments[segment]?.when === undefined;
  const { survivor, restored, changes, stayed } = unmergeContacts(contactView(person.doc), detail, isSet);
  const left = person.doc.segments.filter((segment) => !survivor.segments.includes(segment));

  delete gone.doc.mergedInto;
  gone.doc.mergedFrom = detail.mergedFrom;
  const back = [absorbed, ...detail.mergedFrom];
  person.doc.mergedFrom = person.doc.mergedFrom.filter((one) => !back.includes(one));
  crowd.follow(back, gone);
  divide(person, gone);
  write(crowd, person, survivor, at);
  write(crowd, gone, restored, at);
  // Each has what is its own again. Deals stay paid: what came in for one is under its contact.
  for (const one of [person, gone]) recount(one, desk);

  const record = (contact: Person, more: ContactRecordDoc['detail']): ContactRecordDoc => ({
    _id: `unmerge/${id}/${contact.doc._id}`,
    contactId: contact.doc._id,
    kind: 'unmerge',
    detail: { absorbed, survivor: person.doc._id, by, ...more },
    at: new Date(at),
  });
  const told = changes.map((change) => ({ ...change }));
  ledger.records.push(record(person, { changes: told, stayed }), record(gone, {}));
  return {
    person,
    happenings: [
      main('contact.unmerged', { restored: absorbed, by }),
      ...(told.length > 0 ? [follows('contact.changed', { changes: told })] : []),
      ...left.map((segment) => follows('segment.left', { segment })),
    ],
  };
}

/** What both had together goes with the one whose it was. */
function divide(person: Person, gone: Person): void {
  person.entries = person.entries.filter((entry) => !gone.entries.includes(entry));
  person.history = person.history.filter((event) => !gone.history.includes(event));
  person.seats = person.seats.filter((seat) => !gone.seats.includes(seat));
}

/** @throws ItemProblem when an address is somebody else's */
function write(crowd: Crowd, person: Person, view: ContactView, at: number): void {
  const { doc } = person;
  const email = view.email === undefined ? undefined : (emailKey(view.email) ?? undefined);
  for (const [field, holder] of [
    ['email', email === undefined ? undefined : crowd.byEmail(email)],
    ['phone', view.phone === undefined ? undefined : crowd.byPhone(view.phone)],
  ] as const) {
    if (holder === undefined || holder === person) continue;
    throw new ItemProblem(
      'CONFLICT',
      `${field}: belongs to the contact ${holder.doc._id} by now: change it there first`,
    );
  }
  crowd.setEmail(person, email);
  crowd.setPhone(person, view.phone);
  for (const field of ['email', 'phone', 'firstName', 'lastName', 'company', 'timezone', 'owner'] as const) {
    const value = view[field];
    if (value === undefined) delete doc[field];
    else doc[field] = value;
  }
  const { attributes, segments, consent, suppressed, arms } = view;
  Object.assign(doc, { attributes, segments, consent, suppressed, arms });
  doc.search = searchWords(doc);
  doc.updatedAt = new Date(Math.max(at, doc.updatedAt.getTime()));
}
