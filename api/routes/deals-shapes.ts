import { z } from 'zod';
import { dealFields } from '../../delivery/intake/deals/body.ts';
import { email, phone } from '../../delivery/intake/items.ts';
import { dealStatuses } from '../../engine/model/deal.ts';
import { key } from '../../engine/schema/common.ts';
import { dealRowTypes } from '../../store/timeline.ts';
import { contactAnswer, jsonObject, localizedText, pageQuery, time } from '../shapes.ts';

/** Shapes of deals in the API. Who acts is named by the header `X-Voronka-User`. */

export const dealAnswer = z.object({
  id: z.string(),
  number: z.number(),
  title: z.string(),
  contactId: z.string(),
  contactName: z.string().optional(),
  pipeline: z.string(),
  stage: z.string().describe('`won` or `lost` when it is over'),
  status: z.enum(dealStatuses),
  amount: z.number().optional(),
  currency: z.string(),
  paid: z.number().describe('what came in for it, less what was given back, in its currency'),
  items: z.array(z.object({ name: z.string(), quantity: z.number(), price: z.number(), tax: z.number().optional() })),
  owner: z.string().optional().describe('key of a user'),
  source: z.string().optional(),
  campaign: z.string().optional(),
  lostReason: z.string().optional(),
  closedFrom: z.string().optional().describe('stage in which it stood when it was over'),
  attributes: jsonObject,
  createdAt: time,
  stageSince: time,
  activityAt: time,
  closedAt: time.optional(),
  updatedAt: time,
});

export const dealCard = dealAnswer.extend({ contact: contactAnswer });

const owner = z
  .union([key, z.literal('')])
  .optional()
  .describe('key of a user; empty: nobody');

export const dealQuery = pageQuery.extend({
  pipeline: key.optional(),
  stage: key.optional(),
  status: z.enum(dealStatuses).optional(),
  owner,
  contact: z.string().max(64).optional(),
});

export const dealTimelineQuery = pageQuery.extend({
  type: z.enum(dealRowTypes).optional().describe('only those'),
});

export const openDeal = z
  .strictObject({
    contactId: z.string().max(64).optional(),
    email: email.optional(),
    phone: phone.optional(),
    pipeline: key,
    stage: key.optional().describe('default: the first; guards up to there must hold'),
    ...dealFields.shape,
    title: z.string().min(1).max(500),
  })
  .refine(
    ({ contactId, email, phone }) => contactId !== undefined || email !== undefined || phone !== undefined,
    'give a contactId, an email or a phone',
  );

const why = z.string().max(500).optional();

export const dealChange = dealFields.extend({ why });
export const dealMove = z.strictObject({ to: key, pipeline: key.optional(), why });
export const dealWon = z.strictObject({ why }).default({});
export const dealLost = z.strictObject({ reason: key.optional(), why }).default({});
export const dealReopened = z.strictObject({ to: key.optional().describe('default: where it stood'), why }).default({});
export const dealNote = z.strictObject({ text: z.string().min(1).max(200_000) });

export const dealHistory = z.object({
  items: z.array(
    z.object({
      at: time,
      from: z.string().optional().describe('absent: it was opened there'),
      to: z.string(),
      fromPipeline: z.string().optional(),
      by: z.string().describe('api, system, user:<key> or instance:<id>'),
      why: z.string().optional(),
      move: z.string().optional().describe('id of the move of the pipeline that it made by itself'),
      reason: z.string().optional(),
    }),
  ),
});

export const boardQuery = z.object({
  owner,
  search: z.string().max(200).optional().describe("part of a title, of a number or of a contact's name"),
});

const boardDeal = dealAnswer.extend({
  openTasks: z.number(),
  due: time.optional().describe('when it is overdue in its stage'),
  idle: time.optional().describe('when it counts as idle, if nothing happens before; a planned task suspends it'),
  probability: z.number().optional().describe('that it is won, from 0 to 1; absent for a moment after a start'),
});

export const boardAnswer = z.object({
  key: z.string(),
  name: localizedText,
  lostReasons: z.array(z.object({ key: z.string(), name: localizedText })),
  stages: z.array(
    z.object({
      key: z.string(),
      name: localizedText,
      count: z.number(),
      sums: z.record(z.string(), z.number()).describe('by currency'),
      deals: z.array(boardDeal).describe('those longest in the stage first, 200 at most'),
    }),
  ),
});
