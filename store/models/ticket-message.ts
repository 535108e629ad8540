import { model, Schema } from 'mongoose';
import type { TicketChannel } from '../../engine/model/ticket.ts';

/** A file that came with a message; its bytes are in the file store under `file`. */
export interface Attachment {
  file: string;
  name: string;
  type: string;
  /** Bytes. */
  size: number;
}

/** One entry of a ticket's conversation, appended by the intake, never changed but for the state of its delivery. */
export interface TicketMessageDoc {
  /** Id of the intake item that brought it. */
  _id: string;
  ticketId: string;
  contactId: string;
  /** `customer` and `agent` are public, `note` is internal, `system` is public and written by a process or program. */
  kind: 'customer' | 'agent' | 'note' | 'system';
  channel: TicketChannel;
  /** TicketActor. */
  by: string;
  /** What was written, without what it quotes. */
  text: string;
  /** Quoted earlier text, folded away. */
  quoted?: string;
  /** An autoreply. */
  auto?: boolean;
  attachments: Attachment[];
  /** `Message-ID`, or `provider:id`: the same message never comes twice. */
  messageId?: string;
  /** Articles of the knowledge base that were put into it. */
  articles: string[];
  /** Key of the outbox message that carries a public reply to the customer. */
  outbox?: string;
  at: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    ticketId: { type: String, required: true },
    contactId: { type: String, required: true },
    kind: { type: String, required: true },
    channel: { type: String, required: true },
    by: { type: String, required: true },
    text: { type: String, default: '' },
    quoted: String,
    auto: Boolean,
    attachments: { type: [Schema.Types.Mixed], default: [] },
    messageId: String,
    articles: { type: [String], default: [] },
    outbox: String,
    at: { type: Date, required: true },
  },
  { collection: 'ticket_messages', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ ticketId: 1, at: 1 });
schema.index({ messageId: 1 }, { unique: true, partialFilterExpression: { messageId: { $type: 'string' } } });

export const TicketMessages = model<TicketMessageDoc>('TicketMessage', schema);
