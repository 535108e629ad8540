import { model, Schema } from 'mongoose';
import type { JsonObject } from '../../engine/json.ts';
import type { Channel, Language, Purpose } from '../../engine/model/contact.ts';
import type { SendMessageItem } from '../../engine/model/effects.ts';

/** What an approver is asked to decide: theirs alone, and only as it was when they were asked. */
export interface ApprovalAsk {
  /** Id of the approval. */
  approval: string;
  /** Key of the approver. */
  user: string;
  /** Of asking. */
  round: number;
  /** Virtual epoch ms, whole seconds: the link in the mail ends then. */
  until: number;
  /** Of the document's PDF, in hex. */
  sha256?: string;
}

/**
 * `queued` → `sent`, or `failed`, `bounced`, `skipped` (the gate's second look), or `unknown`: it may have left, nobody
 * can tell, and it is never sent again on its own.
 */
export const messageStatuses = ['queued', 'sent', 'failed', 'bounced', 'skipped', 'unknown'] as const;
export type MessageStatus = (typeof messageStatuses)[number];

/**
 * A message that was put into the outbox. It stays as it was written when all goes well: what is still to be sent stands in
 * `outbox`, what was sent in `sent_messages`, and who is sending it now says its claim. To change this document with its
 * indexes costs some stores more than everything else about a mail. `store/messages.ts` puts them together.
 */
export interface MessageDoc {
  /** The effect key: a retried effect finds it. */
  _id: string;
  instance: string;
  process: string;
  step: string;
  contactId: string;
  /** `messenger`: a reply in a chat, `to` is the ticket's `chat`. */
  channel: Channel | 'messenger';
  purpose: Purpose;
  template: string;
  to: string;
  language: Language;
  /** What the gate needs at delivery, and the template's data. */
  item: Omit<SendMessageItem, 'channel'> & { channel?: Channel };
  /** A reply to a customer: it says what the entry of the ticket's conversation says. `references`: Message-IDs before it. */
  reply?: { ticket: string; entry: string; references: string[] };
  /** A mail to a colleague who is to decide: what is asked, and what the template may say of it. Nothing of it is the contact's. */
  approval?: { ask: ApprovalAsk; says: JsonObject };
  /** How it ended when it was not simply sent. Earlier versions kept `queued` and `sent` here too. */
  status?: MessageStatus;
  /** Not before this instant (back-off, quiet hours at delivery). */
  notBefore: Date;
  /** That have failed. */
  attempts: number;
  /** RFC 5322 Message-ID, made from the key alone. */
  messageId?: string;
  error?: { code: string; message: string };
  skipReason?: string;
  queuedAt: Date;
  openedAt?: Date;
  clickedAt?: Date;
  /** These three of messages that earlier versions sent. */
  sentAt?: Date;
  subject?: string;
  providerId?: string;
}

const schema: Schema = new Schema(
  {
    _id: String,
    instance: { type: String, required: true },
    process: { type: String, required: true },
    step: { type: String, required: true },
    contactId: { type: String, required: true },
    channel: { type: String, required: true },
    purpose: { type: String, required: true },
    template: { type: String, required: true },
    to: { type: String, required: true },
    language: { type: String, required: true },
    item: { type: Schema.Types.Mixed, required: true },
    reply: Schema.Types.Mixed,
    approval: Schema.Types.Mixed,
    status: String,
    notBefore: { type: Date, required: true },
    attempts: { type: Number, default: 0 },
    messageId: String,
    error: Schema.Types.Mixed,
    skipReason: String,
    queuedAt: { type: Date, required: true },
    openedAt: Date,
    clickedAt: Date,
    sentAt: Date,
    subject: String,
    providerId: String,
  },
  { collection: 'messages', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ status: 1, queuedAt: 1 });
schema.index({ contactId: 1, queuedAt: 1 });
schema.index({ instance: 1 });
schema.index({ messageId: 1 }, { partialFilterExpression: { messageId: { $type: 'string' } } });

export const Messages = model<MessageDoc>('Message', schema);
