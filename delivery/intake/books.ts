import type { ClientSession } from 'mongoose';
import type { SubjectRef } from '../../engine/model/state.ts';
import { dealsById } from '../../store/deals.ts';
import { fenceDocuments } from '../../store/documents.ts';
import { Approvals } from '../../store/models/approval.ts';
import { Deals } from '../../store/models/deal.ts';
import { Orders } from '../../store/models/order.ts';
import { Payments } from '../../store/models/payment.ts';
import { type TaskDoc, Tasks } from '../../store/models/task.ts';
import { Tickets } from '../../store/models/ticket.ts';
import { tasksById } from '../../store/tasks.ts';
import { listUsers } from '../../store/users.ts';
import type { Parsed } from './apply.ts';
import type { ApprovalBook } from './approvals/book.ts';
import { loadApprovals } from './approvals/load.ts';
import type { Crowd } from './crowd.ts';
import type { DealBook } from './deals/book.ts';
import { loadBook, namedDeals } from './deals/load.ts';
import { leaveTrails } from './deals/trail.ts';
import { Filing, writeFiling, writeNumbered } from './filing.ts';
import type { MoneyBook } from './money/book.ts';
import { beginMoney, loadMoney } from './money/load.ts';
import { Staff } from './staff.ts';
import type { Docket } from './tickets/docket.ts';
import { loadDocket, nothingWanted, wantTickets } from './tickets/load.ts';

/** What contacts have in one batch, each kind of it all or nothing with the item. */
export interface Books {
  docket: Docket;
  deals: DealBook;
  tasks: Filing<TaskDoc>;
  approvals: ApprovalBook;
  /** Empty where no item may change what people have ordered and paid. */
  money: MoneyBook;
  /** Empty where no item is about tasks, approvals or documents. */
  staff: Staff;
}

/** What the items of a batch name, read before its people are known. */
export interface NamedInBooks extends Omit<Books, 'deals'> {
  deals: Awaited<ReturnType<typeof namedDeals>>;
  /** Whose all of that is. */
  contactIds: string[];
}

/** Kinds of items that ask who is there. */
const ofStaff: ReadonlySet<string> = new Set(['task', 'approval', 'document']);

/** Reads in bulk what items name: tasks and approvals first, because they say which deals and tickets they are about. */
export async function readNamed(items: readonly Parsed[]): Promise<NamedInBooks> {
  const tasks = new Filing<TaskDoc>();
  tasks.hold(await tasksById(namedTasks(items)));
  const { book: money, dealIds } = await beginMoney(items);
  const { book: approvals, ...asked } = await loadApprovals(items);
  const about = [...tasks.files.map(({ doc }) => doc.subject), ...asked.about];
  const wanted = nothingWanted();
  for (const item of items) wantTickets(wanted, item);
  for (const id of idsOf('ticket', about)) wanted.ids.add(id);
  const [docket, deals, users] = await Promise.all([
    loadDocket(wanted),
    namedDeals(items, [...idsOf('deal', about), ...dealIds]),
    items.some(({ kind }) => ofStaff.has(kind)) ? listUsers() : [],
  ]);
  const docs = [...docket.files, ...tasks.files].map(({ doc }) => doc);
  const contactIds = [...[...docs, ...deals].map(({ contactId }) => contactId), ...asked.contactIds];
  return { docket, deals, tasks, approvals, money, staff: new Staff(users), contactIds };
}

function namedTasks(items: readonly Parsed[]): string[] {
  const ids = items.flatMap(({ kind, body }) => (kind === 'task' && 'taskId' in body ? body.taskId : []));
  return [...new Set(ids)];
}

function idsOf(kind: SubjectRef['kind'], subjects: readonly SubjectRef[]): string[] {
  return subjects.flatMap((subject) => (subject.kind === kind ? subject.id : []));
}

/** The books of a batch, once its people are known. */
export async function openBooks(
  items: readonly Parsed[],
  { deals, contactIds: _, ...named }: NamedInBooks,
  crowd: Crowd,
  pipelines: object,
): Promise<Books> {
  const { money } = named;
  await loadMoney(money, items, crowd);
  const known = new Set(deals.map(({ _id }) => _id));
  const paid = await dealsById(money.dealIds.filter((id) => !known.has(id)));
  return { ...named, deals: await loadBook(items, [...deals, ...paid], crowd, pipelines) };
}

/** Runs `work`; when it throws, everything in the books is as before, and the error goes on. */
export function attempt({ docket, deals, tasks, approvals, money }: Books, work: () => void): void {
  docket.attempt(() => deals.attempt(() => tasks.attempt(() => approvals.attempt(() => money.attempt(work)))));
}

/** Writes what differs from the store, in the batch's transaction. @param now virtual epoch ms */
export async function writeBooks(
  { docket, deals, tasks, approvals, money }: Books,
  now: number,
  session: ClientSession,
): Promise<void> {
  await writeNumbered(Tickets, 'tickets', docket, now, session);
  leaveTrails(deals.files);
  await writeNumbered(Deals, 'deals', deals, now, session);
  await writeFiling(Tasks, tasks, now, session);
  await writeFiling(Approvals, approvals, now, session);
  await fenceDocuments(approvals.reliedOn, session);
  await writeFiling(Orders, money.orders, now, session);
  await writeFiling(Payments, money.payments, now, session);
}
