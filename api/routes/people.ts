import { z } from 'zod';
import { VoronkaError } from '../../engine/errors/error.ts';
import { key } from '../../engine/schema/common.ts';
import { type NotificationDoc, Notifications } from '../../store/models/record.ts';
import type { TaskDoc } from '../../store/models/task.ts';
import { closeTask, listTasks } from '../../store/tasks.ts';
import { type Route, route } from '../route.ts';
import { idParams, localizedText, pageOf, pageQuery, time } from '../shapes.ts';
import { beforeCursor, timeCursor } from '../time-cursor.ts';
import { findContact } from './contacts.ts';

const taskAnswer = z.object({
  id: z.string(),
  contactId: z.string(),
  title: localizedText,
  description: localizedText.optional(),
  assignee: z.string().optional(),
  role: z.string().optional(),
  due: time.optional(),
  status: z.enum(['open', 'done', 'cancelled']),
  process: z.string().optional(),
  createdAt: time,
  closedAt: time.optional(),
});

const notificationAnswer = z.object({
  id: z.string(),
  user: key,
  contactId: z.string(),
  text: localizedText,
  process: z.string(),
  at: time,
});

export const peopleRoutes: Route[] = [
  route({
    method: 'get',
    path: '/tasks',
    tag: 'Tasks',
    summary: 'Tasks, newest first',
    query: pageQuery.extend({
      status: z.enum(['open', 'done', 'cancelled']).optional(),
      assignee: key.optional(),
      contact: z.string().max(64).optional(),
    }),
    answer: pageOf(taskAnswer),
    async handle({ query: { limit, cursor, status, assignee, contact } }) {
      const person = contact === undefined ? undefined : await findContact(contact);
      const contactIds = person && [person._id, ...person.mergedFrom];
      const request = { limit, ...(cursor !== undefined && { cursor }) };
      const { items, next } = await listTasks({ status, assignee, contactIds }, request);
      return { items: items.map(taskOf), next };
    },
  }),

  route({
    method: 'post',
    path: '/tasks/{id}/done',
    tag: 'Tasks',
    summary: 'Mark a task as done',
    params: idParams,
    answer: taskAnswer,
    async handle({ params }, { clock }) {
      const task = await closeTask(params.id, clock.now());
      if (task === null) throw new VoronkaError('NOT_FOUND', `there is no task ${params.id}`);
      return taskOf(task);
    },
  }),

  route({
    method: 'get',
    path: '/notifications',
    tag: 'Notifications',
    summary: 'What processes told people, newest first',
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

function taskOf({ _id, effectKey: _, subject: __, ...task }: TaskDoc) {
  return { id: _id, ...task };
}
