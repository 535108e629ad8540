import { model, Schema } from 'mongoose';
import type { MessageDoc } from './message.ts';

/** A message that is still to be sent: its place in the queue, which it leaves when it is over with it. */
export interface OutboxDoc {
  /** The message's. */
  _id: string;
  notBefore: Date;
  queuedAt: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    notBefore: { type: Date, required: true },
    queuedAt: { type: Date, required: true },
  },
  { collection: 'outbox', strict: 'throw', versionKey: false },
);
schema.index({ notBefore: 1 });

export const Outbox = model<OutboxDoc>('Outbox', schema);

/** The place of a message in the queue; to be written with or after the message, never before. */
export function outboxEntry({ _id, notBefore, queuedAt }: Pick<MessageDoc, keyof OutboxDoc>): OutboxDoc {
  return { _id, notBefore, queuedAt };
}
