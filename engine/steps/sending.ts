import { z } from 'zod';
import { hash32 } from '../hash.ts';
import { channels, purposes } from '../model/contact.ts';
import type { SendMessageItem } from '../model/effects.ts';
import type { EffectError } from '../model/event.ts';
import { permittedAt } from '../policy/window.ts';
import { effectiveZone } from '../policy/zone.ts';
import { duration, key } from '../schema/common.ts';
import { addDuration } from '../time/duration.ts';
import type { Reaction, Reference, Signal, StepOf, Visit } from './define.ts';

/** What every step that sends says. */
export const sendingParams = {
  channel: z.enum(channels),
  template: key,
  /** These four default to the process's settings. */
  sendWindow: key.optional(),
  purpose: z.enum(purposes).optional(),
  onCap: z.enum(['defer', 'drop']).optional(),
  maxDefer: duration.optional(),
};

export type Sending = StepOf<typeof sendingParams>;

export function sendingReferences({ channel, template, sendWindow }: Sending): Reference[] {
  const found: Reference[] = [{ kind: 'template', key: `${channel}/${template}`, path: ['template'] }];
  if (sendWindow !== undefined) found.push({ kind: 'send-window', key: sendWindow, path: ['sendWindow'] });
  return found;
}

type More = Pick<SendMessageItem, 'to' | 'survey' | 'document' | 'format'>;

/**
 * Waits for the next permitted moment, by the zone of now, or asks to send: each time under the same effect key.
 * @param addressing looks up, at the moment of sending, what the step itself adds
 */
export function attempt(
  visit: Visit<Sending>,
  addressing: () => { ok: true; value: More } | { ok: false; error: EffectError },
): Reaction {
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
  const more = addressing();
  if (!more.ok) return { do: 'fail', error: more.error };
  const maxDefer = step.maxDefer ?? process.settings.maxDefer ?? context.policy.maxDefer;
  const deferUntil = Number(token.data.deferUntil ?? addDuration(visit.at, maxDefer, where.zone));
  const item: SendMessageItem = {
    contactId: state.subject.contactId,
    channel: step.channel,
    template: step.template,
    ...more.value,
    purpose,
    priority: process.settings.priority,
    process: process.key,
    step: step.id,
    onCap: step.onCap ?? process.settings.onCap,
    deferUntil,
    ...window,
    timezone: process.settings.timezone,
    data: {
      trigger: state.trigger.data,
      vars: state.vars,
      ...(context.ticket && { ticket: context.ticket }),
      ...(context.deal && { deal: context.deal }),
    },
  };
  const detail = { channel: step.channel, template: step.template, purpose, zone: where.zone };
  return { do: 'perform', effect: { name: 'send-message', item }, detail, data: { deferUntil } };
}

/** What the answer of the gate means; null for what is not an answer. */
export function answered({ step }: Visit<Sending>, signal: Signal): Reaction | null {
  if (signal.type !== 'performed') return null;
  const { verdict, reason = '', until } = signal.result;
  if (verdict === 'deferred' && typeof until === 'number') {
    return { do: 'wait', until, as: 'deferred', detail: { reason } };
  }
  if (verdict === 'sent') return { do: 'leave', exit: 'sent', as: 'performed', detail: { template: step.template } };
  return { do: 'leave', exit: 'skipped', as: 'skipped', detail: { reason } };
}
