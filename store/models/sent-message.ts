import { model, Schema } from 'mongoose';

/** That a message was handed over and taken. Written once; no index but that of the key, so that it costs little. */
export interface SentMessageDoc {
  /** The message's. */
  _id: string;
  sentAt: Date;
  /** With the one that succeeded. */
  attempts: number;
  /** Of a mail, as it was rendered. */
  subject?: string;
  /** Of an SMS: by which the provider knows it. */
  providerId?: string;
}

const schema: Schema = new Schema(
  {
    _id: String,
    sentAt: { type: Date, required: true },
    attempts: { type: Number, required: true },
    subject: String,
    providerId: String,
  },
  { collection: 'sent_messages', strict: 'throw', versionKey: false },
);

export const SentMessages = model<SentMessageDoc>('SentMessage', schema);
