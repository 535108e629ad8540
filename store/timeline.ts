import type { JsonObject } from '../engine/json.ts';
import type { DocumentRow } from './documents.ts';
import { linesOf } from './journal.ts';
import { messageViews } from './messages.ts';
import { Documents } from './models/document.ts';
import { Events } from './models/event.ts';
import { Instances } from './models/instance.ts';
import { ScoreEntries } from './models/ledger.ts';
import { Messages } from './models/message.ts';
import { ContactRecords } from './models/record.ts';
import { Tasks } from './models/task.ts';

/** One line of a contact's history. */
interface TimelineRow {
  /** Sorts rows of one instant; unique within the contact. */
  id: string;
  at: Date;
  type: 'event' | 'score' | 'message' | 'step' | 'record' | 'task' | 'document';
  /** Event name, rule, template, kind of step entry, kind of record, title, template. */
  title: unknown;
  process?: string;
  instance?: string;
  step?: string;
  detail: JsonObject;
}

/** The place after a row: `at` in epoch ms and its id. */
export interface TimelineCursor {
  at: number;
  id: string;
}

export interface TimelinePage {
  items: TimelineRow[];
  next?: TimelineCursor;
}

/** Whose history: all ids that are merged in a contact; with `about` only what concerns that ticket or deal of it. */
interface Scope {
  contactIds: string[];
  about?: { kind: 'ticket' | 'deal'; id: string };
}

type Source = (scope: Scope, until: Date | undefined, limit: number) => Promise<TimelineRow[]>;

export interface TimelineRequest {
  limit: number;
  cursor?: TimelineCursor;
  type?: TimelineRow['type'] | undefined;
}

/** What a deal's history has of a contact's. */
export const dealRowTypes = ['event', 'message', 'step', 'task', 'document'] as const;

interface DealTimelineRequest extends TimelineRequest {
  type?: (typeof dealRowTypes)[number] | undefined;
}

/**
 * Events, points, messages, steps, consents, tasks and documents of a contact (all ids that are merged in it) as one stream, newest
 * first; with `type` those of one kind alone. Each source gives its latest rows up to the cursor's instant; rows of that instant that were shown are left out.
 */
export async function contactTimeline(contactIds: string[], request: TimelineRequest): Promise<TimelinePage> {
  const asked = request.type === undefined ? Object.values(sources) : [sources[request.type]];
  return await merged(asked, { contactIds }, request);
}

/** What happened to one ticket, and the steps of its instances, newest first. */
export async function ticketTimeline(
  ticketId: string,
  contactIds: string[],
  request: TimelineRequest,
): Promise<TimelinePage> {
  return await merged([events, steps], { contactIds, about: { kind: 'ticket', id: ticketId } }, request);
}

/**
 * What happened to one deal, newest first: its events, which tell of its tasks, documents and approvals too, and what its instances sent; with
 * `type` those of one kind alone.
 */
export async function dealTimeline(
  dealId: string,
  contactIds: string[],
  request: DealTimelineRequest,
): Promise<TimelinePage> {
  const asked = request.type === undefined ? [events, messages] : [sources[request.type]];
  return await merged(asked, { contactIds, about: { kind: 'deal', id: dealId } }, request);
}

async function merged(asked: Source[], scope: Scope, { limit, cursor }: TimelineRequest): Promise<TimelinePage> {
  const until = cursor === undefined ? undefined : new Date(cursor.at);
  // One instant may hold more rows than a page; then the sources are asked for more until enough new ones have come.
  for (let reach = limit + 1; ; reach *= 4) {
    const found = await Promise.all(asked.map((source) => source(scope, until, reach)));
    // Below the last row of a source that has more, rows of the others may not be the next ones.
    const edges = found.flatMap((rows) => (rows.length < reach ? [] : (rows.at(-1) ?? [])));
    const rows = found
      .flat()
      .sort(newestFirst)
      .filter((row) => cursor === undefined || isAfter(row, cursor))
      .filter((row) => edges.every((edge) => newestFirst(row, edge) <= 0));
    if (rows.length <= limit && edges.length > 0) continue;
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return rows.length > limit && last ? { items, next: { at: last.at.getTime(), id: last.id } } : { items };
  }
}

function newestFirst(a: TimelineRow, b: TimelineRow): number {
  return b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : a.id === b.id ? 0 : -1);
}

function isAfter(row: TimelineRow, cursor: TimelineCursor): boolean {
  const at = row.at.getTime();
  return at < cursor.at || (at === cursor.at && row.id < cursor.id);
}

function upTo(field: string, until: Date | undefined): object {
  return until === undefined ? {} : { [field]: { $lte: until } };
}

const events: Source = async (scope, until, limit) => {
  const { contactIds } = scope;
  const concerned = await concerning(scope);
  // A task has a row of its own at the time of its making.
  const filter = { contactId: { $in: contactIds }, name: { $ne: 'task.created' }, ...concerned };
  const docs = await Events.find({ ...filter, ...upTo('occurredAt', until) })
    .sort({ occurredAt: -1, seq: -1 })
    .limit(limit)
    .lean();
  return docs.map(({ _id, seq, occurredAt, name, data, source, message }) => ({
    id: `event:${String(seq).padStart(10, '0')}:${_id}`,
    at: occurredAt,
    type: 'event',
    title: name,
    detail: { ...data, source, ...(message !== undefined && { message }) },
  }));
};

/** Events that are about a ticket or a deal: told of it by Voronka, naming it by its id, or about a message of its processes. */
async function concerning({ contactIds, about }: Scope): Promise<object> {
  if (about === undefined) return {};
  const { kind, id } = about;
  const instances = (await instancesOf({ contactIds, about })).map(({ _id }) => _id);
  const sent = await Messages.find({ contactId: { $in: contactIds }, instance: { $in: instances } }, { _id: 1 }).lean();
  const message = { $in: sent.map(({ _id }) => _id) };
  return { $or: [{ [`data.${kind}.id`]: id }, { [`data.${kind}Id`]: id }, { message }] };
}

const scores: Source = async ({ contactIds }, until, limit) => {
  const docs = await ScoreEntries.find({ contactId: { $in: contactIds }, ...upTo('at', until) })
    .sort({ at: -1, _id: -1 })
    .limit(limit)
    .lean();
  return docs.map(({ _id, at, axis, points, halfLife, reason, rule }) => ({
    id: `score:${_id}`,
    at,
    type: 'score',
    title: rule === '' ? reason : rule,
    detail: { axis, points, reason, ...(halfLife !== undefined && { halfLife }) },
  }));
};

const messages: Source = async ({ contactIds, about }, until, limit) => {
  const senders =
    about === undefined ? {} : { instance: { $in: (await instancesOf({ contactIds, about })).map(({ _id }) => _id) } };
  const docs = await Messages.find(
    { contactId: { $in: contactIds }, ...senders, ...upTo('queuedAt', until) },
    { item: 0 },
  )
    .sort({ queuedAt: -1, _id: -1 })
    .limit(limit)
    .lean();
  const views = await messageViews(docs);
  return views.map(({ _id, queuedAt, channel, template, status, subject, skipReason, error, ...doc }) => ({
    id: `message:${_id}`,
    at: queuedAt,
    type: 'message',
    title: template,
    process: doc.process,
    instance: doc.instance,
    step: doc.step,
    detail: {
      key: _id,
      channel,
      status,
      to: doc.to,
      ...(subject !== undefined && { subject }),
      ...(skipReason !== undefined && { reason: skipReason }),
      ...(error !== undefined && { error: `${error.code}: ${error.message}` }),
    },
  }));
};

/** The instances of a contact, or of a ticket or deal of it. */
async function instancesOf({ contactIds, about }: Scope): Promise<{ _id: string; process: string }[]> {
  const concerned: object = about === undefined ? {} : { 'subject.kind': about.kind, 'subject.id': about.id };
  return await Instances.find({ contactId: { $in: contactIds }, ...concerned }, { process: 1 }).lean();
}

const steps: Source = async (scope, until, limit) => {
  const instances = await instancesOf(scope);
  if (instances.length === 0) return [];
  const processOf = new Map(instances.map(({ _id, process }) => [_id, process]));
  const lines = await linesOf([...processOf.keys()]);
  const rows = lines.map(
    ({ instance, n, at, kind, step, detail = {} }): TimelineRow => ({
      id: `step:${instance}:${String(n).padStart(6, '0')}`,
      at: new Date(at),
      type: 'step',
      title: kind,
      process: processOf.get(instance) ?? '',
      instance,
      ...(step !== undefined && { step }),
      detail,
    }),
  );
  return rows
    .filter(({ at }) => until === undefined || at <= until)
    .sort(newestFirst)
    .slice(0, limit);
};

const records: Source = async ({ contactIds }, until, limit) => {
  const docs = await ContactRecords.find({ contactId: { $in: contactIds }, ...upTo('at', until) })
    .sort({ at: -1, _id: -1 })
    .limit(limit)
    .lean();
  return docs.map(({ _id, at, kind, detail }) => ({ id: `record:${_id}`, at, type: 'record', title: kind, detail }));
};

const tasks: Source = async ({ contactIds, about }, until, limit) => {
  const concerned = about === undefined ? {} : { 'subject.id': about.id };
  const docs = await Tasks.find({ contactId: { $in: contactIds }, ...concerned, ...upTo('createdAt', until) })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit)
    .lean();
  return docs.map(({ _id, createdAt, title, status, assignee, role, due, outcome, comment, process }) => ({
    id: `task:${_id}`,
    at: createdAt,
    type: 'task',
    title,
    ...(process !== undefined && { process }),
    detail: {
      task: _id,
      status,
      ...(assignee !== undefined && { assignee }),
      ...(role !== undefined && { role }),
      ...(due && { due: due.toISOString() }),
      ...(outcome !== undefined && { outcome }),
      ...(comment !== undefined && { comment }),
    },
  }));
};

const documents: Source = async ({ contactIds, about }, until, limit) => {
  const concerned = about === undefined ? {} : { dealId: about.id };
  const docs = await Documents.find(
    { contactId: { $in: contactIds }, ...concerned, ...upTo('createdAt', until) },
    { number: 1, template: 1, status: 1, gross: 1, 'snapshot.currency': 1, createdBy: 1, createdAt: 1 },
  )
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit)
    .lean<DocumentRow[]>();
  return docs.map(({ _id, createdAt, number, template, status, gross, snapshot, createdBy }) => ({
    id: `document:${_id}`,
    at: createdAt,
    type: 'document',
    title: template.key,
    detail: { document: _id, number, status, gross, currency: snapshot.currency, by: createdBy },
  }));
};

const sources: Record<TimelineRow['type'], Source> = {
  event: events,
  score: scores,
  message: messages,
  step: steps,
  record: records,
  task: tasks,
  document: documents,
};
