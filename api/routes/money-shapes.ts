import { z } from 'zod';
import { contactAnswer, jsonObject, time } from '../shapes.ts';

/** Shapes of orders and payments in the API. */

export const orderAnswer = z.object({
  id: z.string(),
  contactId: z.string(),
  dealId: z.string().optional(),
  amount: z.number().optional().describe('absent: only its cancellation is known'),
  currency: z.string(),
  items: z.array(jsonObject).optional(),
  placedAt: time.optional(),
  cancelledAt: time.optional(),
});
const problem = z.object({ code: z.string(), message: z.string() });
export const paymentAnswer = z.object({
  id: z.string(),
  kind: z.enum(['payment', 'refund']),
  contactId: z.string(),
  orderId: z.string().optional(),
  dealId: z.string().optional(),
  paymentId: z.string().optional().describe('of a refund: what it gives back'),
  document: z.string().optional().describe('number of the document that was paid'),
  amount: z.number(),
  currency: z.string(),
  at: time,
  problem: problem.optional().describe('why it does not count as its sender wanted it to'),
});
const lists = { orders: z.array(orderAnswer), payments: z.array(paymentAnswer) };

export const contactMoney = z.object({
  ...lists,
  money: contactAnswer.shape.money,
  refused: z
    .array(problem.extend({ event: z.string(), name: z.string(), at: time }))
    .describe('events that could not be booked; they are in the history'),
});

export const dealMoney = z.object({
  ...lists,
  amount: z.number().optional(),
  currency: z.string(),
  paid: z.number(),
  left: z.number().optional().describe('still to be paid; absent without an amount'),
});
