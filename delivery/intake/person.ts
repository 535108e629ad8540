import type { DomainEvent } from '../../engine/model/event.ts';
import type { ScoreEntry } from '../../engine/scoring/entry.ts';
import type { ContactDoc } from '../../store/models/contact.ts';
import type { InstanceDoc } from '../../store/models/instance.ts';

/** What routing and the entry rules need of an instance. */
export type Seat = Pick<
  InstanceDoc,
  '_id' | 'process' | 'definition' | 'subject' | 'entryKey' | 'status' | 'startedAt' | 'trigger'
>;

type PastEvent = Pick<DomainEvent, 'name' | 'occurredAt' | 'data'>;

/** A contact while a batch is applied: a copy that may be written to, with all of its past that decisions look at. */
export interface Person {
  doc: ContactDoc;
  /** As it was read; null for somebody new. Only what differs from it is written. */
  readonly stored: ContactDoc | null;
  /** Its whole score ledger. */
  entries: ScoreEntry[];
  /** Its events that a segment counts. */
  history: PastEvent[];
  /** Its instances, ended ones too. */
  seats: Seat[];
}

export function newContact(id: string, now: number): ContactDoc {
  return {
    _id: id,
    language: 'en',
    attributes: {},
    score: { fit: 0, engagement: 0, total: 0, class: 'cold' },
    segments: [],
    consent: { email: 'unknown', sms: 'unknown' },
    suppressed: {},
    arms: {},
    search: [],
    createdAt: new Date(now),
    updatedAt: new Date(now),
    mergedFrom: [],
  };
}

/** A copy for writing into. What is in its fields is replaced, never written into, so one level is enough. */
export function copyOf(doc: ContactDoc): ContactDoc {
  return {
    ...doc,
    attributes: { ...doc.attributes },
    score: { ...doc.score },
    segments: [...doc.segments],
    consent: { ...doc.consent },
    suppressed: { ...doc.suppressed },
    arms: { ...doc.arms },
    search: [...doc.search],
    mergedFrom: [...doc.mergedFrom],
  };
}

/** Keeps how a person is now. @returns puts it back */
export function remember(person: Person): () => void {
  const doc = copyOf(person.doc);
  const entries = [...person.entries];
  const history = [...person.history];
  const seats = [...person.seats];
  return () => {
    Object.assign(person, { doc, entries, history, seats });
  };
}
