import { z } from 'zod';
import { VoronkaError } from '../../engine/errors/error.ts';
import { key, language } from '../../engine/schema/common.ts';
import { openTasks, openTickets, ownedContacts } from '../../store/loads.ts';
import type { UserDoc } from '../../store/models/user.ts';
import { addAbsence, findUser, listUsers, removeAbsence, saveUser } from '../../store/users.ts';
import type { ApiDeps } from '../deps.ts';
import { refuseBody } from '../problem.ts';
import { type Route, route } from '../route.ts';
import { keyParams, time } from '../shapes.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const absence = z
  .strictObject({
    from: instant,
    until: instant,
    deputy: key.optional().describe('Gets what is escalated to them meanwhile.'),
  })
  .refine(({ from, until }) => from < until, { path: ['until'], message: 'end the absence after it begins' });
type Absence = z.infer<typeof absence>;

const absenceAnswer = z.object({ from: time, until: time, deputy: z.string().optional() });

const userBody = z.strictObject({
  name: z.string().min(1).max(200),
  email: z.email().optional(),
  role: key,
  language: language.default('en'),
  active: z.boolean().default(true),
  team: key.optional(),
  skills: z.array(key).max(100).default([]),
  capacity: z.int().min(0).max(10_000).optional().describe('Most open tickets at a time.'),
  calendar: key.optional().describe('Of their working hours; without it they are always at work.'),
  absences: z.array(absence).max(1_000).default([]),
});

const userAnswer = z.object({
  ...userBody.shape,
  key: z.string(),
  email: z.string().optional(),
  absences: z.array(absenceAnswer),
});

const absenceParams = keyParams.extend({ from: instant.describe('When the absence begins, as the list says.') });

export const userRoutes: Route[] = [
  route({
    method: 'get',
    path: '/users',
    tag: 'Users',
    summary: 'The people of the company',
    answer: z.object({ items: z.array(userAnswer) }),
    async handle() {
      return { items: (await listUsers()).map(answerOf) };
    },
  }),

  route({
    method: 'put',
    path: '/users/{key}',
    tag: 'Users',
    summary: 'Create a user, or set one whole',
    description: 'What is left out is cleared, absences too; those have routes of their own.',
    params: keyParams,
    body: userBody,
    answer: userAnswer,
    async handle({ params, body }, deps) {
      await checkCalendar(body.calendar, deps);
      for (const [index, one] of body.absences.entries()) {
        await checkDeputy(one, params.key, `body.absences[${index}].deputy`);
        checkOverlap(one, body.absences.slice(0, index), `body.absences[${index}].from`);
      }
      await saveUser({ _id: params.key, ...body });
      return await userOf(params.key);
    },
  }),

  route({
    method: 'get',
    path: '/users/{key}/load',
    tag: 'Users',
    summary: 'What somebody has open',
    params: keyParams,
    answer: z.object({
      tickets: z.number(),
      tasks: z.number(),
      contacts: z.number(),
      capacity: z.number().optional(),
    }),
    async handle({ params }) {
      const { capacity } = await userOf(params.key);
      const users = [params.key];
      const loads = await Promise.all([openTickets(users), openTasks(users), ownedContacts(users)]);
      const [tickets, tasks, contacts] = loads.map((load) => load.get(params.key) ?? 0);
      return { tickets, tasks, contacts, ...(capacity !== undefined && { capacity }) };
    },
  }),

  route({
    method: 'post',
    path: '/users/{key}/absences',
    tag: 'Users',
    summary: 'Say when somebody is away',
    params: keyParams,
    body: absence,
    answer: userAnswer,
    async handle({ params, body }) {
      const { absences } = await userOf(params.key);
      await checkDeputy(body, params.key, 'body.deputy');
      checkOverlap(body, absences, 'body.from');
      if (!(await addAbsence(params.key, body))) {
        throw new VoronkaError('CONFLICT', `the absences of ${params.key} have changed in the meantime`);
      }
      return await userOf(params.key);
    },
  }),

  route({
    method: 'delete',
    path: '/users/{key}/absences/{from}',
    tag: 'Users',
    summary: 'Take back an absence',
    params: absenceParams,
    answer: userAnswer,
    async handle({ params: { key: user, from } }) {
      if (!(await removeAbsence(user, from))) {
        throw new VoronkaError('NOT_FOUND', `${user} has no absence that begins at ${from.toISOString()}`);
      }
      return await userOf(user);
    },
  }),
];

async function userOf(user: string): Promise<ReturnType<typeof answerOf>> {
  const doc = await findUser(user);
  if (doc === null) throw new VoronkaError('NOT_FOUND', `there is no user ${user}`);
  return answerOf(doc);
}

function answerOf({ _id, lastAssigned: _, skills = [], absences = [], ...user }: UserDoc) {
  return { key: _id, ...user, skills, absences };
}

async function checkCalendar(calendar: string | undefined, { library }: ApiDeps): Promise<void> {
  if (calendar === undefined) return;
  const known = Object.keys((await library.read()).library.calendars);
  if (known.includes(calendar)) return;
  const cure = known.length === 0 ? 'publish it first' : `publish it first, or name one of ${known.join(', ')}`;
  throw refuseBody('body.calendar', `there is no published calendar "${calendar}": ${cure}`);
}

async function checkDeputy({ deputy }: Absence, user: string, path: string): Promise<void> {
  if (deputy === undefined) return;
  if (deputy === user) throw refuseBody(path, 'nobody stands in for themselves: name another user');
  if ((await findUser(deputy)) === null) throw refuseBody(path, `there is no user "${deputy}": create them first`);
}

function checkOverlap({ from, until }: Absence, others: readonly Absence[], path: string): void {
  const other = others.find((one) => one.from < until && from < one.until);
  if (other === undefined) return;
  const span = `${other.from.toISOString()} to ${other.until.toISOString()}`;
  throw refuseBody(path, `overlaps the absence from ${span}: take that one back first, or choose other times`);
}
