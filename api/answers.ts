import { contactName } from '../engine/contacts/name.ts';
import type { ContactMoney } from '../engine/model/money.ts';
import type { TimelineEntry } from '../engine/model/timeline.ts';
import { contactView } from '../store/contacts.ts';
import type { ContactDoc } from '../store/models/contact.ts';
import type { InstanceDoc } from '../store/models/instance.ts';

/** Whose something is: the contact that has it now. @param id under which it was kept */
export function namedContact(id: string, contact: ContactDoc | undefined): { id: string; name?: string } {
  const name = contact && contactName(contact);
  return { id: contact?._id ?? id, ...(name !== undefined && { name }) };
}

/** A contact as the API shows it. */
export function contactOf(doc: ContactDoc) {
  const { arms: _, createdAt: __, money, ...view } = contactView(doc);
  const { createdAt, updatedAt } = doc;
  return { ...view, ...(money && { money: sumsOf(money) }), createdAt, updatedAt };
}

function sumsOf({ firstOrderAt, lastOrderAt, ...sums }: ContactMoney) {
  return {
    ...sums,
    ...(firstOrderAt !== undefined && { firstOrderAt: new Date(firstOrderAt) }),
    ...(lastOrderAt !== undefined && { lastOrderAt: new Date(lastOrderAt) }),
  };
}

export function instanceOf({ _id, subject: _, entryKey: __, workflowId: ___, incidents, ...doc }: InstanceDoc) {
  return { id: _id, ...doc, incidents: incidents.map((incident) => ({ ...incident, at: new Date(incident.at) })) };
}

export function entryOf({ at, ...entry }: TimelineEntry) {
  return { ...entry, at: new Date(at) };
}
