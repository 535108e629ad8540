import type { Clock } from '../../config/clock.ts';
import type { Logger } from '../../config/log.ts';
import type { ContactPolicy } from '../../engine/schema/contact-policy.ts';
import type { Mailer } from '../channels/email.ts';
import type { ChatGateway, SmsGateway } from '../channels/handover.ts';
import type { Queues } from '../queues.ts';
import type { Renderer } from '../templates/renderer.ts';
import type { Links } from '../tracking/links.ts';

/** What the outbox works with. */
export interface OutboxDeps {
  clock: Clock;
  log: Logger;
  queues: Queues;
  /** The company's live contact policy. */
  policy(): Promise<ContactPolicy>;
  templates: Renderer;
  links: Links;
  mailer: Mailer;
  sms: SmsGateway;
  /** Where replies in chats leave. */
  messengers: ChatGateway;
  /** Mailbox that reads bounces, each under an address of its own; without one they go to the sender. */
  returnPath?: string;
  /** Messages that are handed over side by side. */
  concurrency: number;
}
