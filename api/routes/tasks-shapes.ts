import { z } from 'zod';
import { taskOutcomes } from '../../delivery/intake/tasks/body.ts';
import { taskStatuses } from '../../engine/model/task.ts';
import { key, zone } from '../../engine/schema/common.ts';
import { localizedText, pageQuery, time } from '../shapes.ts';

/** Shapes of tasks in the API. Who acts is named by the header `X-Voronka-User`. */

export const taskAnswer = z.object({
  id: z.string(),
  title: localizedText,
  description: localizedText.optional(),
  contact: z.object({ id: z.string(), name: z.string().optional() }),
  deal: z.object({ id: z.string(), number: z.number(), title: z.string() }).optional(),
  ticket: z.object({ id: z.string(), number: z.number(), subject: z.string() }).optional(),
  assignee: z.string().optional().describe('key of a user'),
  role: z.string().optional().describe('whoever has it may do the task'),
  due: time.optional(),
  remindAt: time.optional(),
  remindedAt: time.optional(),
  overdueAt: time.optional().describe('when it was told that the deadline had passed'),
  status: z.enum(taskStatuses),
  outcomes: z
    .array(z.object({ key: z.string(), name: localizedText }))
    .optional()
    .describe('among which whoever does it chooses'),
  outcome: z.string().optional(),
  comment: z.string().optional(),
  process: z.string().optional().describe('key of the process whose step made it'),
  createdBy: z.string().describe('api, system, user:<key> or instance:<id>'),
  closedBy: z.string().optional(),
  createdAt: time,
  closedAt: time.optional(),
});

export const taskQuery = pageQuery.extend({
  status: z.enum(taskStatuses).optional(),
  assignee: key.optional(),
  contact: z.string().max(64).optional(),
  deal: z.string().max(64).optional(),
  ticket: z.string().max(64).optional(),
});

export const dayQuery = z.object({
  user: key,
  zone: zone.optional().describe("IANA zone in which days begin; default: the company's"),
});

const tasks = z.array(taskAnswer);

export const dayAnswer = z.object({
  user: z.string(),
  date: z.iso.date(),
  overdue: tasks,
  today: tasks,
  tomorrow: tasks,
  later: tasks,
  undated: tasks,
  forRole: tasks.describe("open ones of the user's role that nobody has"),
  doneToday: tasks,
});

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const title = z.string().min(1).max(500);
const description = z.string().max(20_000);

export const openTask = z
  .strictObject({
    contactId: z.string().max(64).optional(),
    dealId: z.string().max(64).optional(),
    ticketId: z.string().max(64).optional(),
    title,
    description: description.optional(),
    assignee: key.optional(),
    role: key.optional(),
    due: instant.optional(),
    remindAt: instant.optional(),
    outcomes: taskOutcomes.optional(),
  })
  .refine(
    ({ contactId, dealId, ticketId }) => [contactId, dealId, ticketId].filter((id) => id !== undefined).length === 1,
    'say what it is about: give one of contactId, dealId and ticketId',
  );

export const taskChange = z
  .strictObject({
    title: title.optional(),
    description: description.nullable().optional(),
    assignee: key.nullable().optional(),
    role: key.nullable().optional(),
    due: instant.nullable().optional(),
    remindAt: instant.nullable().optional().describe('default: as long before the deadline as it was'),
  })
  .describe('null clears');

const comment = z.string().max(20_000).optional();

export const taskDone = z.strictObject({ outcome: key.optional(), comment }).default({});
export const taskComment = z.strictObject({ comment }).default({});
