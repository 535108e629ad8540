import { VoronkaError } from '../../engine/errors/error.ts';
import { listTasks } from '../../store/tasks.ts';
import { findUser } from '../../store/users.ts';
import { type Route, route } from '../route.ts';
import { idParams, pageOf } from '../shapes.ts';
import { dayOf } from '../tasks/day.ts';
import { showTask, showTasks } from '../tasks/show.ts';
import { beforeCursor, timeCursor } from '../time-cursor.ts';
import { findContact } from './contacts.ts';
import { dayAnswer, dayQuery, taskAnswer, taskQuery } from './tasks-shapes.ts';

export const taskRoutes: Route[] = [
  route({
    method: 'get',
    path: '/tasks',
    tag: 'Tasks',
    summary: 'Tasks, newest first',
    query: taskQuery,
    answer: pageOf(taskAnswer),
    async handle({ query: { limit, cursor, contact, deal, ticket, ...filter } }) {
      const person = contact === undefined ? undefined : await findContact(contact);
      const contactIds = person && [person._id, ...person.mergedFrom];
      const wanted = { ...filter, contactIds, subject: deal ?? ticket };
      const docs = await listTasks(wanted, limit + 1, beforeCursor('createdAt', cursor));
      const items = docs.slice(0, limit);
      const last = items.at(-1);
      return {
        items: await showTasks(items),
        ...(docs.length > limit && last && { next: timeCursor(last.createdAt, last._id) }),
      };
    },
  }),

  route({
    method: 'get',
    path: '/tasks/{id}',
    tag: 'Tasks',
    summary: 'A task',
    params: idParams,
    answer: taskAnswer,
    async handle({ params: { id } }) {
      return await showTask(id);
    },
  }),

  route({
    method: 'get',
    path: '/day',
    tag: 'Tasks',
    summary: 'What somebody has before them, by the days of a zone',
    query: dayQuery,
    answer: dayAnswer,
    async handle({ query }, { clock, library }) {
      const user = await findUser(query.user);
      if (user === null) throw new VoronkaError('USER_NOT_FOUND', `query.user: there is no user ${query.user}`);
      const zone = query.zone ?? (await library.read()).library.policy.company.timezone;
      return await dayOf(user, zone, clock.now());
    },
  }),
];
