import type { TimelineEntry } from '../engine/model/timeline.ts';
import { contactView } from '../store/contacts.ts';
import type { ContactDoc } from '../store/models/contact.ts';
import type { InstanceDoc } from '../store/models/instance.ts';

/** A contact as the API shows it. */
export function contactOf(doc: ContactDoc) {
  const { arms: _, createdAt: __, ...view } = contactView(doc);
  return { ...view, createdAt: doc.createdAt, updatedAt: doc.updatedAt };
}

export function instanceOf({ _id, subject: _, entryKey: __, workflowId: ___, incidents, ...doc }: InstanceDoc) {
  return { id: _id, ...doc, incidents: incidents.map((incident) => ({ ...incident, at: new Date(incident.at) })) };
}

export function entryOf({ at, ...entry }: TimelineEntry) {
  return { ...entry, at: new Date(at) };
}
