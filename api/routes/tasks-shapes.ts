import { z } from 'zod';
import { newTask, taskFields } from '../../delivery/intake/tasks/body.ts';
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

const said = {
  title: z.string().min(1).max(500),
  description: z.string().max(20_000),
  instant: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
};

export const openTask = newTask(said);
export const taskChange = taskFields(said).describe('null clears');

const comment = z.string().max(20_000).optional();

export const taskDone = z.strictObject({ outcome: key.optional(), comment }).default({});
export const taskComment = z.strictObject({ comment }).default({});
