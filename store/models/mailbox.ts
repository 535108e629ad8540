import { model, Schema } from 'mongoose';

/** What the built-in mailbox received: a mail over SMTP, or an SMS for which there is no gateway. */
export interface MailboxDoc {
  _id: string;
  kind: 'email' | 'sms';
  from: string;
  to: string[];
  subject: string;
  text: string;
  html?: string;
  /** The mail as it came over the wire. */
  source?: string;
  messageId?: string;
  receivedAt: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    kind: { type: String, required: true },
    from: { type: String, default: '' },
    to: { type: [String], default: [] },
    subject: { type: String, default: '' },
    text: { type: String, default: '' },
    html: String,
    source: String,
    messageId: String,
    receivedAt: { type: Date, required: true },
  },
  { collection: 'mailbox', strict: 'throw', versionKey: false },
);

schema.index({ receivedAt: 1, _id: 1 });

export const Mailbox = model<MailboxDoc>('Mailbox', schema);
