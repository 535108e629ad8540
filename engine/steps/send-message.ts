import { z } from 'zod';
import { hash32 } from '../hash.ts';
import { channels, purposes } from '../model/contact.ts';
import type { SendMessageItem } from '../model/effects.ts';
import { permittedAt } from '../policy/window.ts';
import { effectiveZone } from '../policy/zone.ts';
import { condition, duration, key } from '../schema/common.ts';
import { addDuration } from '../time/duration.ts';
import { defineStep, type Evaluated, type Reaction, type Reference, type StepOf, type Visit } from './define.ts';
import { failure } from './failure.ts';

const params = {
  channel: z.enum(channels),
  template: key,
  to: z
    .union([z.literal('owner'), z.strictObject({ cel: condition })])
    .optional()
    .describe('The contact (default), its owner, or an address computed by CEL.'),
  /** These four default to the process's settings. */
  sendWindow: key.optional(),
  purpose: z.enum(purposes).optional(),
  onCap: z.enum(['defer', 'drop']).optional(),
  maxDefer: duration.optional(),
};

type SendMessage = Visit<StepOf<typeof params>>;

export const sendMessage = defineStep({
  type: 'send-message',
  summary:
    'Sends a message when the contact may get one: waits for the send window, then asks for consent and room under the caps.',
  group: 'messages',
  params,
  exits: () => ['sent', 'skipped'],
  effects: ['send-message'],
  references({ channel, template, sendWindow }) {
    const found: Reference[] = [{ kind: 'template', key: `${channel}/${template}`, path: ['template'] }];
    if (sendWindow !== undefined) found.push({ kind: 'send-window', key: sendWindow, path: ['sendWindow'] });
    return found;
  },
  expressions: ({ to }) => (typeof to === 'object' ? [{ text: to.cel, path: ['to', 'cel'], yields: 'any' }] : []),
  enter: (visit) => attempt(visit),
  on(visit, signal): Reaction {
    if (signal.type === 'due') return attempt(visit);
    if (signal.type !== 'performed') return { do: 'stay' };
    const { verdict, reason = '', until } = signal.result;
    if (verdict === 'deferred' && typeof until === 'number') {
      return { do: 'wait', until, as: 'deferred', detail: { reason } };
    }
    if (verdict === 'sent')
      return { do: 'leave', exit: 'sent', as: 'performed', detail: { template: visit.step.template } };
    return { do: 'leave', exit: 'skipped', as: 'skipped', detail: { reason } };
  },
});

/** Waits for the next permitted moment, by the zone of now, or asks to send: each time under the same effect key. */
function attempt(visit: SendMessage): Reaction {
  const { step, now, context, process, state, token } = visit;
  const where = effectiveZone(context.contact, process.settings.timezone, context.policy);
  const purpose = step.purpose ?? process.settings.purpose;
  const sendWindow = step.sendWindow ?? process.settings.sendWindow;
  const window = sendWindow === undefined ? {} : { sendWindow };
  const seed = hash32(`${state.seed}/${visit.key}`);
  // Held for an unknown zone (null): the gate decides how long.
  const permitted = permittedAt({ ...where, purpose, seed, ...window }, context.policy, now) ?? now;
  if (permitted > now)
    return {
      do: 'wait',
      until: permitted,
      detail: { reason: 'window', zone: where.zone, sendWindow: sendWindow ?? null },
    };
  const to = address(visit);
  if (!to.ok) return { do: 'fail', error: to.error };
  const maxDefer = step.maxDefer ?? process.settings.maxDefer ?? context.policy.maxDefer;
  const deferUntil = Number(token.data.deferUntil ?? addDuration(visit.at, maxDefer, where.zone));
  const item: SendMessageItem = {
    contactId: state.subject.contactId,
    channel: step.channel,
    template: step.template,
    ...(to.value !== undefined && { to: to.value }),
    purpose,
    priority: process.settings.priority,
    process: process.key,
    step: step.id,
    onCap: step.onCap ?? process.settings.onCap,
    deferUntil,
    ...window,
    timezone: process.settings.timezone,
    data: { trigger: state.trigger.data, vars: state.vars },
  };
  const detail = { channel: step.channel, template: step.template, purpose, zone: where.zone };
  return { do: 'perform', effect: { name: 'send-message', item }, detail, data: { deferUntil } };
}

function address(visit: SendMessage): Evaluated<SendMessageItem['to']> {
  const { to } = visit.step;
  if (to === undefined) return { ok: true, value: undefined, read: {} };
  if (to === 'owner') return { ok: true, value: { owner: true }, read: {} };
  const result = visit.evaluate(to.cel);
  if (!result.ok) return result;
  if (typeof result.value === 'string' && result.value !== '') return { ...result, value: { address: result.value } };
  const message = `"${to.cel}" gives no address; correct it or the data, then retry the step.`;
  return { ok: false, error: failure('ADDRESS_NOT_FOUND', message) };
}
