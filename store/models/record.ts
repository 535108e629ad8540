import { model, Schema } from 'mongoose';
import type { JsonObject } from '../../engine/json.ts';
import type { LocalizedText } from '../../engine/model/effects.ts';

/** A consent given or withdrawn, a suppression, a merge and its undoing, a condition that failed for the contact: appended, never changed. */
export interface ContactRecordDoc {
  _id: string;
  contactId: string;
  kind: 'consent' | 'suppression' | 'merge' | 'unmerge' | 'condition-failed';
  detail: JsonObject;
  at: Date;
}

const contactRecordSchema: Schema = new Schema(
  {
    _id: String,
    contactId: { type: String, required: true },
    kind: { type: String, required: true },
    detail: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'contact_records', strict: 'throw', minimize: false, versionKey: false },
);
contactRecordSchema.index({ contactId: 1, at: 1 });

export const ContactRecords = model<ContactRecordDoc>('ContactRecord', contactRecordSchema);

/** That an effect which leaves no record of its own was performed, and what it answered. */
export interface EffectReceiptDoc {
  /** Effect key. */
  _id: string;
  result: JsonObject;
  at: Date;
}

const receiptSchema: Schema = new Schema(
  { _id: String, result: { type: Schema.Types.Mixed, required: true }, at: { type: Date, required: true } },
  { collection: 'effect_receipts', strict: 'throw', minimize: false, versionKey: false },
);
receiptSchema.index({ at: 1 });

export const EffectReceipts = model<EffectReceiptDoc>('EffectReceipt', receiptSchema);

/** A line in a user's inbox: what a process tells them, or that a task's time has come, or that an approval waits for them. */
export interface NotificationDoc {
  /** `effect key/user`, or `intake item/user`. */
  _id: string;
  user: string;
  contactId: string;
  text: LocalizedText;
  /** Key of the process that tells it. */
  process?: string;
  /** Id of the task that it is about. */
  task?: string;
  /** Id of the approval that it is about. */
  approval?: string;
  at: Date;
  readAt?: Date;
}

const notificationSchema: Schema = new Schema(
  {
    _id: String,
    user: { type: String, required: true },
    contactId: { type: String, required: true },
    text: { type: Schema.Types.Mixed, required: true },
    process: String,
    task: String,
    approval: String,
    at: { type: Date, required: true },
    readAt: Date,
  },
  { collection: 'notifications', strict: 'throw', versionKey: false },
);
notificationSchema.index({ user: 1, at: 1 });

export const Notifications = model<NotificationDoc>('Notification', notificationSchema);
