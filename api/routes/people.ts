import { z } from 'zod';
import { key } from '../../engine/schema/common.ts';
import { type NotificationDoc, Notifications } from '../../store/models/record.ts';
import { type Route, route } from '../route.ts';
import { localizedText, pageOf, pageQuery, time } from '../shapes.ts';
import { beforeCursor, timeCursor } from '../time-cursor.ts';
import { findContact } from './contacts.ts';

const notificationAnswer = z.object({
  id: z.string(),
  user: key,
  contactId: z.string(),
  text: localizedText,
  process: z.string().optional(),
  task: z.string().optional().describe('id of the task that it is about'),
  at: time,
});

export const peopleRoutes: Route[] = [
  route({
    method: 'get',
    path: '/notifications',
    tag: 'Notifications',
    summary: 'What people were told by processes and of their tasks, newest first',
    query: pageQuery.extend({ user: key.optional(), contact: z.string().max(64).optional() }),
    answer: pageOf(notificationAnswer),
    async handle({ query: { limit, cursor, user, contact } }) {
      const person = contact === undefined ? undefined : await findContact(contact);
      const docs = await Notifications.find({
        ...(user !== undefined && { user }),
        ...(person && { contactId: { $in: [person._id, ...person.mergedFrom] } }),
        ...beforeCursor('at', cursor),
      })
        .sort({ at: -1, _id: -1 })
        .limit(limit + 1)
        .lean<NotificationDoc[]>();
      const items = docs.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(({ _id, ...notification }) => ({ id: _id, ...notification })),
        ...(docs.length > limit && last && { next: timeCursor(last.at, last._id) }),
      };
    },
  }),
];
