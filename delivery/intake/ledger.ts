import type { DeliveryDoc } from '../../store/models/delivery.ts';
import type { EventDoc } from '../../store/models/event.ts';
import type { InstanceDoc } from '../../store/models/instance.ts';
import type { ScoreEntryDoc } from '../../store/models/ledger.ts';
import type { MessageDoc } from '../../store/models/message.ts';
import type { ContactRecordDoc, NotificationDoc } from '../../store/models/record.ts';
import type { TicketMessageDoc } from '../../store/models/ticket-message.ts';

/** What a batch will insert. Nothing of it is in the store before the batch's transaction. */
export interface Ledger {
  events: EventDoc[];
  scores: ScoreEntryDoc[];
  instances: InstanceDoc[];
  deliveries: DeliveryDoc[];
  records: ContactRecordDoc[];
  /** Conditions that could not be answered: each is kept once, when it fails for the contact for the first time. */
  failures: ContactRecordDoc[];
  /** Entries of tickets' conversations. */
  conversation: TicketMessageDoc[];
  /** For the outbox: public replies on their way to the customer. */
  messages: MessageDoc[];
  /** For the inboxes of the company's people. */
  notifications: NotificationDoc[];
}

export function emptyLedger(): Ledger {
  return {
    events: [],
    scores: [],
    instances: [],
    deliveries: [],
    records: [],
    failures: [],
    conversation: [],
    messages: [],
    notifications: [],
  };
}

/** Keeps how much a ledger holds now. @returns drops what was added since */
export function mark(ledger: Ledger): () => void {
  const lists = Object.values(ledger);
  const lengths = lists.map((list) => list.length);
  return () => {
    for (const [index, list] of lists.entries()) list.length = lengths[index] ?? 0;
  };
}
