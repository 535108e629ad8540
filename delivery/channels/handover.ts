/**
 * What became of one attempt to hand a message over. `retry`: certainly not taken, may be taken later. `bounced`: the
 * address itself is bad. `unknown`: it may have been taken; it must never be tried again on its own.
 */
export type Handover =
  | { outcome: 'sent'; providerId?: string }
  | { outcome: 'retry' | 'failed' | 'bounced' | 'unknown'; error: HandoverError };

interface HandoverError {
  /** The other side's own words: an SMTP or HTTP status, a provider's code. */
  code: string;
  message: string;
}

export interface Sms {
  /** Effect key of the message. */
  key: string;
  /** E.164. */
  to: string;
  text: string;
}

export interface SmsGateway {
  send(sms: Sms): Promise<Handover>;
}

/** What is said in a chat. */
export interface ChatReply {
  /** Key of the message. */
  key: string;
  /** `source:id`. */
  chat: string;
  text: string;
  files: readonly FileContent[];
}

export interface FileContent {
  name: string;
  type: string;
  content: Buffer;
}

export interface ChatGateway {
  send(reply: ChatReply): Promise<Handover>;
}
