import type { ContactPolicy } from '../../../engine/schema/contact-policy.ts';
import type { ContactDoc } from '../../../store/models/contact.ts';
import type { MessageDoc } from '../../../store/models/message.ts';
import type { TicketDoc } from '../../../store/models/ticket.ts';
import type { TicketMessageDoc } from '../../../store/models/ticket-message.ts';

/** What a reply needs beside itself to find its way. */
export interface Way {
  ticket: TicketDoc;
  contact: ContactDoc;
  company: ContactPolicy['company'];
}

/** The outbox message that carries a public entry of the company's to the customer; null where no channel reaches them. */
export function outgoing(_entry: TicketMessageDoc, _way: Way): MessageDoc | null {
  return null;
}
