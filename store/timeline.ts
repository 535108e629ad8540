import type { JsonObject } from '../engine/json.ts';
import { Events } from './models/event.ts';
import { Instances } from './models/instance.ts';
import { Journal } from './models/journal.ts';
import { ScoreEntries } from './models/ledger.ts';
import { Messages } from './models/message.ts';
import { ContactRecords } from './models/record.ts';
import { Tasks } from './models/task.ts';

/** One line of a contact's history. */
interface TimelineRow {
  /** Sorts rows of one instant; unique within the contact. */
  id: string;
  at: Date;
  type: 'event' | 'score' | 'message' | 'step' | 'record' | 'task';
  /** Event name, rule, template, kind of step entry, kind of record, title. */
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

/** Whose history: all ids that are merged in a contact; with `ticketId` only what is about that ticket of it. */
interface Scope {
  contactIds: string[];
  ticketId?: string;
}

type Source = (scope: Scope, until: Date | undefined, limit: number) => Promise<TimelineRow[]>;

export interface TimelineRequest {
  limit: number;
  cursor?: TimelineCursor;
  type?: TimelineRow['type'] | undefined;
}

/**
 * Events, points, messages, steps, consents and tasks of a contact (all ids that are merged in it) as one stream, newest
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
  return await merged([events, steps], { contactIds, ticketId }, request);
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

const events: Source = async ({ contactIds, ticketId }, until, limit) => {
  const about = ticketId === undefined ? {} : { 'data.ticket.id': ticketId };
  const docs = await Events.find({ contactId: { $in: contactIds }, ...about, ...upTo('occurredAt', until) })
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

const messages: Source = async ({ contactIds }, until, limit) => {
  const docs = await Messages.find({ contactId: { $in: contactIds }, ...upTo('queuedAt', until) }, { item: 0 })
    .sort({ queuedAt: -1, _id: -1 })
    .limit(limit)
    .lean();
  return docs.map(({ _id, queuedAt, channel, template, status, subject, skipReason, error, ...doc }) => ({
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

const steps: Source = async ({ contactIds, ticketId }, until, limit) => {
  const about: object = ticketId === undefined ? {} : { 'subject.kind': 'ticket', 'subject.id': ticketId };
  const instances = await Instances.find({ contactId: { $in: contactIds }, ...about }, { process: 1 }).lean();
  if (instances.length === 0) return [];
  const processOf = new Map(instances.map(({ _id, process }) => [_id, process]));
  // A document holds the entries of a whole cohort: only this contact's leave the server.
  const docs = await Journal.aggregate<{
    entries: { instance: string; n: number; at: number; kind: string; step?: string; detail?: JsonObject }[];
  }>([
    { $match: { instances: { $in: [...processOf.keys()] } } },
    {
      $project: {
        entries: {
          $filter: { input: '$entries', as: 'entry', cond: { $in: ['$$entry.instance', [...processOf.keys()]] } },
        },
      },
    },
  ]);
  const rows = docs.flatMap(({ entries }) =>
    entries.map(
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
    ),
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

const tasks: Source = async ({ contactIds }, until, limit) => {
  const docs = await Tasks.find({ contactId: { $in: contactIds }, ...upTo('createdAt', until) })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit)
    .lean();
  return docs.map(({ _id, createdAt, title, status, assignee, due, process }) => ({
    id: `task:${_id}`,
    at: createdAt,
    type: 'task',
    title,
    ...(process !== undefined && { process }),
    detail: {
      task: _id,
      status,
      ...(assignee !== undefined && { assignee }),
      ...(due && { due: due.toISOString() }),
    },
  }));
};

const sources: Record<TimelineRow['type'], Source> = {
  event: events,
  score: scores,
  message: messages,
  step: steps,
  record: records,
  task: tasks,
};
