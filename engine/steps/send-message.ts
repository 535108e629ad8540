import { z } from 'zod';
import type { SendMessageItem } from '../model/effects.ts';
import { condition } from '../schema/common.ts';
import { defineStep, type Evaluated, type Reaction, type StepOf, type Visit } from './define.ts';
import { failure } from './failure.ts';
import { answered, attempt, sendingParams, sendingReferences } from './sending.ts';

const params = {
  ...sendingParams,
  to: z
    .union([z.literal('owner'), z.strictObject({ cel: condition })])
    .optional()
    .describe('The contact (default), its owner, or an address computed by CEL.'),
};

type SendMessage = StepOf<typeof params>;

export const sendMessage = defineStep({
  type: 'send-message',
  summary:
    'Sends a message when the contact may get one: waits for the send window, then asks for consent and room under the caps.',
  group: 'messages',
  params,
  exits: () => ['sent', 'skipped'],
  effects: ['send-message'],
  references: sendingReferences,
  expressions: ({ to }) => (typeof to === 'object' ? [{ text: to.cel, path: ['to', 'cel'], yields: 'any' }] : []),
  enter: send,
  on: (visit, signal) => (signal.type === 'due' ? send(visit) : (answered(visit, signal) ?? { do: 'stay' })),
});

function send(visit: Visit<SendMessage>): Reaction {
  return attempt(visit, () => address(visit));
}

function address(visit: Visit<SendMessage>): Evaluated<Pick<SendMessageItem, 'to'>> {
  const { to } = visit.step;
  if (to === undefined) return { ok: true, value: {}, read: {} };
  if (to === 'owner') return { ok: true, value: { to: { owner: true } }, read: {} };
  const result = visit.evaluate(to.cel);
  if (!result.ok) return result;
  if (typeof result.value === 'string' && result.value !== '')
    return { ...result, value: { to: { address: result.value } } };
  const message = `"${to.cel}" gives no address; correct it or the data, then retry the step.`;
  return { ok: false, error: failure('ADDRESS_NOT_FOUND', message) };
}
