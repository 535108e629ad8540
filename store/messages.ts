import type { QueryFilter } from 'mongoose';
import { type MessageDoc, type MessageStatus, Messages } from './models/message.ts';
import { Outbox } from './models/outbox.ts';
import { type SentMessageDoc, SentMessages } from './models/sent-message.ts';

/** How far a message came. */
type Sending = { status: MessageStatus } & Partial<Pick<SentMessageDoc, 'sentAt' | 'subject' | 'providerId'>>;
export type MessageView = MessageDoc & Sending;

/** Puts messages together with what is known of their sending, in the same order. */
export async function messageViews<T extends Pick<MessageDoc, '_id' | 'status'>>(
  docs: readonly T[],
): Promise<(T & Sending)[]> {
  return together(docs, await sentByKey(docs.map(({ _id }) => _id)));
}

/** Messages by their keys, in no order. */
export async function messagesByKey(keys: readonly string[]): Promise<MessageView[]> {
  if (keys.length === 0) return [];
  return together(...(await Promise.all([Messages.find({ _id: { $in: keys } }).lean(), sentByKey(keys)])));
}

async function sentByKey(keys: readonly string[]): Promise<Map<string, SentMessageDoc>> {
  if (keys.length === 0) return new Map();
  const found = await SentMessages.find({ _id: { $in: keys } }).lean();
  return new Map(found.map((doc) => [doc._id, doc]));
}

function together<T extends Pick<MessageDoc, '_id' | 'status'>>(
  docs: readonly T[],
  sent: ReadonlyMap<string, SentMessageDoc>,
): (T & Sending)[] {
  return docs.map((doc) => ({ ...doc, ...sent.get(doc._id), status: statusOf(doc, sent.has(doc._id)) }));
}

/** `unknown` gives way: a process that was believed dead has written after all how it went. A refusal that came later stays. */
function statusOf({ status }: Pick<MessageDoc, 'status'>, sent: boolean): MessageStatus {
  if (sent) return status === undefined || status === 'unknown' ? 'sent' : status;
  return status ?? 'queued';
}

/** The newest of these contacts' messages that have ended otherwise than by being sent. */
export async function unsentMessages(contactIds: readonly string[], limit: number): Promise<MessageView[]> {
  const status = { $in: ['skipped' as const, 'failed' as const, 'bounced' as const, 'unknown' as const] };
  const docs = await Messages.find({ contactId: { $in: contactIds }, status })
    .sort({ queuedAt: -1 })
    .limit(limit)
    .lean();
  return (await messageViews(docs)).filter((view) => view.status !== 'sent');
}

export interface MessageFilter {
  status?: MessageStatus | undefined;
  instance?: string | undefined;
  process?: string | undefined;
  contactIds?: readonly string[] | undefined;
}

/** Where a list goes on: behind this message. */
export interface MessagePlace {
  queuedAt: Date;
  _id: string;
}

/** Messages that are read together to find those of one status among them. */
const pageSize = 200;

/** The newest messages, at most `limit`. @param from the last one of the page before */
export async function listMessages(filter: MessageFilter, limit: number, from?: MessagePlace): Promise<MessageView[]> {
  const { status } = filter;
  const size = status === undefined ? limit : Math.max(limit, pageSize);
  const read = status === 'queued' ? queuedPage : messagePage;
  const found: MessageView[] = [];
  for (let place = from; ; ) {
    const { docs, last } = await read(filter, size, place);
    const views = await messageViews(docs);
    found.push(...views.filter((view) => status === undefined || view.status === status));
    if (last === undefined || found.length >= limit) return found.slice(0, limit);
    place = last;
  }
}

interface MessagePage {
  docs: MessageDoc[];
  /** Where the next page begins, unless this is the last one. */
  last?: MessagePlace;
}

/** Messages that may have the wanted status: those that were sent say nothing about it themselves. */
async function messagePage(filter: MessageFilter, size: number, from?: MessagePlace): Promise<MessagePage> {
  const { status } = filter;
  const where: QueryFilter<MessageDoc> = { ...fieldsOf(filter), ...behind(from) };
  if (status !== undefined) where.status = status === 'sent' ? { $in: [null, 'sent', 'unknown'] } : status;
  const docs = await Messages.find(where).sort({ queuedAt: -1, _id: -1 }).limit(size).lean();
  return { docs, ...lastOf(docs, size) };
}

/** What waits is found by its place in the queue, however much was sent before it. */
async function queuedPage(filter: MessageFilter, size: number, from?: MessagePlace): Promise<MessagePage> {
  const entries = await Outbox.find(behind(from)).sort({ queuedAt: -1, _id: -1 }).limit(size).lean();
  const found = await Messages.find({ _id: { $in: entries.map(({ _id }) => _id) }, ...fieldsOf(filter) }).lean();
  const docs = new Map(found.map((doc) => [doc._id, doc]));
  return { docs: entries.flatMap(({ _id }) => docs.get(_id) ?? []), ...lastOf(entries, size) };
}

function fieldsOf({ instance, process, contactIds }: MessageFilter): QueryFilter<MessageDoc> {
  return {
    ...(instance !== undefined && { instance }),
    ...(process !== undefined && { process }),
    ...(contactIds && { contactId: { $in: contactIds } }),
  };
}

function behind(from: MessagePlace | undefined): QueryFilter<MessagePlace> {
  if (from === undefined) return {};
  const { queuedAt, _id } = from;
  return { $or: [{ queuedAt: { $lt: queuedAt } }, { queuedAt, _id: { $lt: _id } }] };
}

function lastOf(rows: readonly MessagePlace[], size: number): { last?: MessagePlace } {
  const last = rows.at(-1);
  return rows.length < size || last === undefined ? {} : { last };
}
