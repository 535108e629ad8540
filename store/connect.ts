import mongoose, { type Model } from 'mongoose';
import { VoronkaError } from '../engine/errors/error.ts';
import { Approvals } from './models/approval.ts';
import { ArticleMarks, Articles } from './models/article.ts';
import { Claims } from './models/claim.ts';
import { Clocks } from './models/clock.ts';
import { Cohorts } from './models/cohort.ts';
import { Contacts } from './models/contact.ts';
import { Costs } from './models/cost.ts';
import { Counters } from './models/counter.ts';
import { Deals } from './models/deal.ts';
import { Decisions } from './models/decision.ts';
import { Definitions, DefinitionVersions } from './models/definition.ts';
import { Deliveries } from './models/delivery.ts';
import { Documents, DocumentTemplateVersions } from './models/document.ts';
import { Events } from './models/event.ts';
import { Hits } from './models/hit.ts';
import { InboundMails } from './models/inbound-mail.ts';
import { Instances } from './models/instance.ts';
import { Intake } from './models/intake.ts';
import { Journal } from './models/journal.ts';
import { Leases } from './models/lease.ts';
import { ScoreEntries, SendLedgers } from './models/ledger.ts';
import { Mailbox } from './models/mailbox.ts';
import { Messages } from './models/message.ts';
import { Orders } from './models/order.ts';
import { Outbox } from './models/outbox.ts';
import { Payments } from './models/payment.ts';
import { ContactRecords, EffectReceipts, Notifications } from './models/record.ts';
import { Reservations } from './models/reservation.ts';
import { Reviews } from './models/review.ts';
import { Schedules } from './models/schedule.ts';
import { SentMessages } from './models/sent-message.ts';
import { Tasks } from './models/task.ts';
import { Tickets } from './models/ticket.ts';
import { TicketMessages } from './models/ticket-message.ts';
import { Users } from './models/user.ts';

/** Every collection; a model that is not listed here gets no index. */
const models: readonly Pick<Model<unknown>, 'createCollection' | 'createIndexes'>[] = [
  Approvals,
  ArticleMarks,
  Articles,
  Claims,
  Clocks,
  Cohorts,
  Contacts,
  ContactRecords,
  Costs,
  Counters,
  Deals,
  Decisions,
  Definitions,
  DefinitionVersions,
  Deliveries,
  Documents,
  DocumentTemplateVersions,
  EffectReceipts,
  Events,
  Hits,
  InboundMails,
  Instances,
  Intake,
  Journal,
  Mailbox,
  Leases,
  Messages,
  Notifications,
  Orders,
  Outbox,
  Payments,
  Reservations,
  Reviews,
  Schedules,
  ScoreEntries,
  SendLedgers,
  SentMessages,
  Tasks,
  Tickets,
  TicketMessages,
  Users,
];

/**
 * Opens the process's one connection to MongoDB. Models make neither collections nor indexes on their own: `ensureIndexes` does.
 * @throws VoronkaError STORE_UNAVAILABLE when no server answers within five seconds.
 */
export async function connectStore(uri: string): Promise<void> {
  mongoose.set({ strictQuery: 'throw', autoIndex: false, autoCreate: false });
  try {
    await mongoose.connect(uri, { serverSelectionTimeoutMS: 5_000 });
  } catch (cause) {
    throw new VoronkaError('STORE_UNAVAILABLE', 'MongoDB does not answer at the address in MONGODB_URI', { cause });
  }
}

/** Makes every collection (a transaction cannot) and every index. Safe to run at each start, also by several processes at once. */
export async function ensureIndexes(): Promise<void> {
  for (const model of models) {
    await model.createCollection();
    await model.createIndexes();
  }
}

export async function closeStore(): Promise<void> {
  await mongoose.disconnect();
}
