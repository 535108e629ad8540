import { z } from 'zod';
import { VoronkaError } from '../../engine/errors/error.ts';
import { refusedEntries } from '../../store/events.ts';
import { unsentMessages } from '../../store/messages.ts';
import { Instances } from '../../store/models/instance.ts';
import { contactTimeline, type TimelineCursor } from '../../store/timeline.ts';
import { type Route, route } from '../route.ts';
import { idParams, jsonObject, localizedText, pageOf, pageQuery, time } from '../shapes.ts';
import { findContact } from './contacts.ts';

const rowType = z.enum(['event', 'score', 'message', 'step', 'record', 'task', 'document']);

export const timelineRow = z.object({
  id: z.string(),
  at: time,
  type: rowType,
  title: localizedText,
  process: z.string().optional(),
  instance: z.string().optional(),
  step: z.string().optional(),
  detail: jsonObject,
});

export const timelineRoutes: Route[] = [
  route({
    method: 'get',
    path: '/contacts/{id}/timeline',
    tag: 'Contacts',
    summary: 'Everything that happened to a contact, as one stream, newest first',
    description: 'Events, points, messages, steps, skips with their reasons, consents, merges, tasks, documents.',
    params: idParams,
    query: pageQuery.extend({ type: rowType.optional().describe('only those') }),
    answer: pageOf(timelineRow),
    async handle({ params, query }) {
      const { _id, mergedFrom } = await findContact(params.id);
      const cursor = query.cursor === undefined ? {} : { cursor: readCursor(query.cursor) };
      const { items, next } = await contactTimeline([_id, ...mergedFrom], {
        limit: query.limit,
        type: query.type,
        ...cursor,
      });
      return { items, ...(next && { next: writeCursor(next) }) };
    },
  }),

  route({
    method: 'get',
    path: '/contacts/{id}/why',
    tag: 'Contacts',
    summary: 'Why a contact got something, or got nothing',
    description:
      'Where it stands in each process, which entries were refused and why, which messages were not sent and why.',
    params: idParams,
    answer: z.object({
      consent: z.record(z.string(), z.string()),
      suppressed: z.record(z.string(), z.string()),
      instances: z.array(jsonObject),
      refused: z.array(z.object({ at: time, process: z.string(), reason: z.string(), event: z.string() })),
      unsent: z.array(
        z.object({
          at: time,
          process: z.string(),
          step: z.string(),
          template: z.string(),
          status: z.string(),
          reason: z.string(),
        }),
      ),
    }),
    async handle({ params }) {
      const { _id, mergedFrom, consent, suppressed } = await findContact(params.id);
      const ids = [_id, ...mergedFrom];
      const [instances, refused, unsent] = await Promise.all([
        Instances.find(
          { contactId: { $in: ids } },
          { process: 1, status: 1, at: 1, deadline: 1, outcome: 1, incidents: 1, startedAt: 1 },
        )
          .sort({ _id: -1 })
          .limit(100)
          .lean(),
        refusedEntries(ids),
        unsentMessages(ids, 50),
      ]);
      return {
        consent,
        suppressed,
        instances: instances.map(({ _id: id, ...instance }) => ({ id, ...instance })),
        refused: refused.map(({ occurredAt, data }) => ({ at: occurredAt, ...data })),
        unsent: unsent.map(({ queuedAt, process, step, template, status, skipReason, error }) => ({
          at: queuedAt,
          process,
          step,
          template,
          status,
          reason: skipReason ?? error?.message ?? status,
        })),
      };
    },
  }),
];

export function writeCursor({ at, id }: TimelineCursor): string {
  return Buffer.from(`${at}|${id}`).toString('base64url');
}

/** @throws VoronkaError VALIDATION_FAILED for what is no cursor of ours */
export function readCursor(text: string): TimelineCursor {
  const [, at, id] = /^(-?\d+)\|(.+)$/s.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (at !== undefined && id !== undefined) return { at: Number(at), id };
  throw new VoronkaError('VALIDATION_FAILED', 'query.cursor: give the `next` of the page before', {
    problems: [{ path: 'query.cursor', code: 'VALIDATION_FAILED', message: 'is no cursor of this list' }],
  });
}
