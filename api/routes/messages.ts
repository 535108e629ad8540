import { z } from 'zod';
import { VoronkaError } from '../../engine/errors/error.ts';
import { key } from '../../engine/schema/common.ts';
import { listMessages, type MessageView, messagesByKey } from '../../store/messages.ts';
import { messageStatuses } from '../../store/models/message.ts';
import { type Route, route } from '../route.ts';
import { jsonObject, pageQuery, time } from '../shapes.ts';
import { readTimeCursor, timeCursor } from '../time-cursor.ts';
import { findContact } from './contacts.ts';

const messageAnswer = z.object({
  id: z.string().describe('the effect key: instance/step/visit'),
  instance: z.string(),
  process: z.string(),
  step: z.string(),
  contactId: z.string(),
  channel: z.enum(['email', 'sms', 'messenger']),
  purpose: z.enum(['marketing', 'transactional']),
  template: z.string(),
  to: z.string(),
  language: z.string(),
  status: z.enum(messageStatuses),
  attempts: z.number(),
  messageId: z.string().optional(),
  providerId: z.string().optional(),
  subject: z.string().optional(),
  error: jsonObject.optional(),
  skipReason: z.string().optional(),
  queuedAt: time,
  notBefore: time,
  sentAt: time.optional(),
  openedAt: time.optional(),
  clickedAt: time.optional(),
});

export const messageRoutes: Route[] = [
  route({
    method: 'get',
    path: '/messages',
    tag: 'Messages',
    summary: 'Messages, newest first',
    query: pageQuery.extend({
      status: z.enum(messageStatuses).optional(),
      contact: z.string().max(64).optional(),
      instance: z.string().max(64).optional(),
      process: key.optional(),
    }),
    answer: z.object({ items: z.array(messageAnswer), next: z.string().optional() }),
    async handle({ query: { limit, cursor, status, instance, process, contact } }) {
      const person = contact === undefined ? undefined : await findContact(contact);
      const contactIds = person && [person._id, ...person.mergedFrom];
      const place = cursor === undefined ? undefined : readTimeCursor(cursor);
      const docs = await listMessages(
        { status, instance, process, contactIds },
        limit + 1,
        place && { queuedAt: new Date(place.at), _id: place.id },
      );
      const items = docs.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(messageOf),
        ...(docs.length > limit && last && { next: timeCursor(last.queuedAt, last._id) }),
      };
    },
  }),

  route({
    method: 'get',
    path: '/messages/{instance}/{step}/{visit}',
    tag: 'Messages',
    summary: 'A message',
    params: z.object({ instance: z.string(), step: z.string(), visit: z.string() }),
    answer: messageAnswer,
    async handle({ params: { instance, step, visit } }) {
      const [doc] = await messagesByKey([`${instance}/${step}/${visit}`]);
      if (!doc) throw new VoronkaError('NOT_FOUND', `there is no message ${instance}/${step}/${visit}`);
      return messageOf(doc);
    },
  }),
];

function messageOf({ _id, item: _, reply: __, ...doc }: MessageView) {
  return { id: _id, ...doc };
}
