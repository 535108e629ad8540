import { model, Schema } from 'mongoose';
import type { TicketView } from '../../engine/model/ticket.ts';

/** A ticket, written by the intake alone. Its conversation is in `ticket_messages`, its clocks in `clocks`. */
export interface TicketDoc extends Omit<TicketView, 'id' | 'createdAt'> {
  _id: string;
  /** Message ids (RFC 5322, or `provider:id`) of the conversation's latest mails, for threading; the newest last. */
  references: string[];
  /** Where the customer writes from, when it is not the contact's own address: public replies go there. */
  replyTo?: string;
  /** Chat of a messenger or line of a telephone, `source:id`: what comes from there goes on with the ticket. */
  chat?: string;
  /** Id of the ticket into which it was merged. */
  mergedInto?: string;
  /** The closed ticket that this one follows up. */
  followsUp?: string;
  /** Whom it was given to so far, the latest last. */
  assignments: { user: string; at: Date; by: string }[];
  /** Lower-case words for search. */
  search: string[];
  messages: number;
  createdAt: Date;
  updatedAt: Date;
  lastCustomerAt?: Date;
  lastAgentAt?: Date;
  resolvedAt?: Date;
  closedAt?: Date;
  /** The latest answer to a survey about it. */
  satisfaction?: { mark: number; comment?: string; at: Date };
}

const schema: Schema = new Schema(
  {
    _id: String,
    number: { type: Number, required: true },
    subject: { type: String, required: true },
    status: { type: String, required: true },
    priority: { type: String, required: true },
    channel: { type: String, required: true },
    contactId: { type: String, required: true },
    topic: String,
    team: String,
    assignee: String,
    accepted: { type: Boolean, default: false },
    dealId: String,
    tags: { type: [String], default: [] },
    reopened: { type: Number, default: 0 },
    references: { type: [String], default: [] },
    replyTo: String,
    chat: String,
    mergedInto: String,
    followsUp: String,
    assignments: { type: [Schema.Types.Mixed], default: [] },
    search: { type: [String], default: [] },
    messages: { type: Number, default: 0 },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    lastCustomerAt: Date,
    lastAgentAt: Date,
    resolvedAt: Date,
    closedAt: Date,
    satisfaction: Schema.Types.Mixed,
  },
  { collection: 'tickets', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ number: 1 }, { unique: true });
schema.index({ contactId: 1 });
schema.index({ status: 1, updatedAt: 1 });
schema.index({ references: 1 });
schema.index({ chat: 1 }, { partialFilterExpression: { chat: { $type: 'string' } } });
schema.index({ updatedAt: 1 });
schema.index({ mergedInto: 1 }, { partialFilterExpression: { mergedInto: { $type: 'string' } } });
schema.index({ followsUp: 1 }, { partialFilterExpression: { followsUp: { $type: 'string' } } });

export const Tickets = model<TicketDoc>('Ticket', schema);
