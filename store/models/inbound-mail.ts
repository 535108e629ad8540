import { model, Schema } from 'mongoose';

/**
 * What was made of a mail. `ticket`: it opens a ticket or continues one. The others become none by themselves: a person
 * can accept them. `autoreply`: written by a machine; it may stand in the conversation that it answers. `bounce`: says
 * that one of our mails was not delivered. `loop`: goes round in a circle with a machine, or is our own. `duplicate`:
 * another mail of the same Message-ID was there before. `malformed`: cannot be read, or names no sender.
 */
export const inboundVerdicts = ['ticket', 'autoreply', 'bounce', 'loop', 'duplicate', 'malformed'] as const;
export type InboundVerdict = (typeof inboundVerdicts)[number];

/** A mail that came to a support address. Its bytes are in the file store. */
export interface InboundMailDoc {
  /** Made of the mail itself: the same mail that comes again is the same document. */
  _id: string;
  verdict: InboundVerdict;
  /** What the verdict rests on, in English. */
  reason: string;
  /** Address that answers go to; absent when the mail names none. */
  from?: string;
  /** Support addresses to which it came. */
  to: string[];
  subject: string;
  messageId?: string;
  /** The mail as it came over the wire. */
  raw: string;
  /** Bytes. */
  size: number;
  /** The ticket that it continued, as far as that could be seen when it came. */
  thread?: string;
  /** Id of the intake item that carries it, once there is one. */
  item?: string;
  acceptedAt?: Date;
  acceptedBy?: string;
  receivedAt: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    verdict: { type: String, required: true },
    reason: { type: String, required: true },
    from: String,
    to: { type: [String], default: [] },
    subject: { type: String, default: '' },
    messageId: String,
    raw: { type: String, required: true },
    size: { type: Number, required: true },
    thread: String,
    item: String,
    acceptedAt: Date,
    acceptedBy: String,
    receivedAt: { type: Date, required: true },
  },
  { collection: 'inbound_mails', strict: 'throw', versionKey: false },
);
schema.index({ receivedAt: 1, _id: 1 });
schema.index({ from: 1, receivedAt: 1 });
schema.index({ messageId: 1 }, { partialFilterExpression: { messageId: { $type: 'string' } } });

export const InboundMails = model<InboundMailDoc>('InboundMail', schema);
