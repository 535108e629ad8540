import type { FieldChange } from '../engine/changes.ts';
import type { ContactView } from '../engine/model/contact.ts';
import { type ContactDoc, Contacts } from './models/contact.ts';
import { Events } from './models/event.ts';
import { Instances } from './models/instance.ts';
import { Messages } from './models/message.ts';
import { type ContactRecordDoc, ContactRecords } from './models/record.ts';
import { Tasks } from './models/task.ts';

/** What is recorded of a merge: enough to undo it. */
export interface MergeDetail {
  /** Id of the contact that went. */
  absorbed: string;
  /** Both as they were right before: the one that went, and the one that survived. */
  before: ContactView;
  kept: ContactView;
  /** Who had been merged into the one that went. */
  mergedFrom: string[];
  changes: FieldChange[];
}

/** A merge that has not been undone. */
export interface StandingMerge {
  /** The contact that went, as it is kept. */
  gone: ContactDoc;
  at: Date;
  detail: MergeDetail;
}

type MergeRecord = Omit<ContactRecordDoc, 'detail'> & { detail: MergeDetail };

/**
 * The merges by which these contacts went. Those that never went, or are back, are left out, and merges of which an
 * earlier release kept only one side.
 */
export async function standingMerges(absorbed: readonly string[]): Promise<StandingMerge[]> {
  const contacts = await Contacts.find({ _id: { $in: [...absorbed] } }).lean<ContactDoc[]>();
  const gone = contacts.filter(({ mergedInto }) => mergedInto !== undefined);
  if (gone.length === 0) return [];
  const survivors = gone.flatMap(({ mergedInto }) => mergedInto ?? []);
  const records = await ContactRecords.find({
    contactId: { $in: survivors },
    kind: 'merge',
    'detail.kept': { $exists: true },
  })
    .sort({ at: 1 })
    .lean<MergeRecord[]>();
  return gone.flatMap((doc) => {
    const record = records.findLast(
      ({ contactId, detail }) => contactId === doc.mergedInto && detail.absorbed === doc._id,
    );
    return record === undefined ? [] : [{ gone: doc, at: record.at, detail: record.detail }];
  });
}

/** Fields that stayed with the survivor when a merge was undone. @param item of the intake that undid it */
export async function undoneMerge(item: string, survivor: string): Promise<string[]> {
  const record = await ContactRecords.findById(`unmerge/${item}/${survivor}`).lean<{ detail: { stayed: string[] } }>();
  return record?.detail.stayed ?? [];
}

/** How much was made under a contact's own id since an instant. */
export async function madeSince(
  contactId: string,
  since: Date,
): Promise<{ events: number; instances: number; messages: number; tasks: number }> {
  const [events, instances, messages, tasks] = await Promise.all([
    Events.countDocuments({ contactId, receivedAt: { $gt: since } }),
    Instances.countDocuments({ contactId, startedAt: { $gt: since } }),
    Messages.countDocuments({ contactId, queuedAt: { $gt: since } }),
    Tasks.countDocuments({ contactId, createdAt: { $gt: since } }),
  ]);
  return { events, instances, messages, tasks };
}
