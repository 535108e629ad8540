import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../../store/id.ts';
import type { IntakeItem } from '../../store/models/intake.ts';
import { type MessageDoc, type MessageStatus, Messages } from '../../store/models/message.ts';
import { Outbox } from '../../store/models/outbox.ts';
import type { SentMessageDoc } from '../../store/models/sent-message.ts';
import type { Handover } from '../channels/handover.ts';
import { intakeDoc, intakeItem } from '../intake/items.ts';
import { submitIntake } from '../intake/submit.ts';
import { tellUndelivered } from './approval.ts';
import { maxAttempts, pauseAfter } from './back-off.ts';
import { isOwnAddress } from './compose.ts';
import type { OutboxDeps } from './deps.ts';
import { type Mark, markSent, writeMarks } from './mark.ts';

/** How one claimed message fared. */
export interface Attempt {
  message: MessageDoc;
  handover: Handover;
  subject?: string;
}

export type Settler = Pick<OutboxDeps, 'clock' | 'queues' | 'log'>;

/**
 * Writes down how attempts ended: what happened goes to the contacts' history first, under ids of its own, then the
 * messages are marked. A store that is away for a while is waited for: what was sent must not become unknown.
 */
export async function settle(attempts: readonly Attempt[], deps: Settler): Promise<void> {
  const now = deps.clock.now();
  const items = attempts.flatMap((attempt) => consequences(attempt, now));
  const refused = attempts.flatMap(({ message, handover }) => (isRefused(message, handover) ? message : []));
  const doc = intakeDoc(newId(), items, now);
  const sent = attempts.filter(({ handover }) => handover.outcome === 'sent');
  const marks = attempts.flatMap((attempt) => markOf(attempt, deps.clock.toVirtual));
  await untilStored(async () => {
    if (items.length > 0) await submitIntake(deps.queues.intake, [doc]);
    await tellUndelivered(refused, new Date(now));
    await markSent(sent.map((attempt) => sentOf(attempt, now)));
    await writeMarks(marks);
  }, deps);
}

/** Writes down a refusal that came later, by mail. What is marked already stays as it is. */
export async function settleBounce(message: MessageDoc, handover: Handover, deps: Settler): Promise<void> {
  if (handover.outcome !== 'bounced' && handover.outcome !== 'failed') return;
  const now = deps.clock.now();
  const items = consequences({ message, handover }, now);
  if (items.length > 0) {
    await submitIntake(deps.queues.intake, [intakeDoc(`${message._id}/${handover.outcome}`, items, now)]);
  }
  await tellUndelivered([message], new Date(now));
  const open = { $in: [null, 'sent' as const, 'unknown' as const] };
  const mark = { status: handover.outcome, error: handover.error };
  await Messages.updateOne({ _id: message._id, status: open }, { $set: mark });
  await Outbox.deleteOne({ _id: message._id });
}

/** Whether it is over and did not arrive. */
function isRefused(message: MessageDoc, handover: Handover): boolean {
  const end = finalStatus(message, handover);
  return end === 'failed' || end === 'bounced';
}

/** Events and suppressions that follow from an attempt; a mail among colleagues is none of the contact's history. */
function consequences({ message, handover }: Attempt, now: number): IntakeItem[] {
  if (message.approval !== undefined) return [];
  const end = finalStatus(message, handover);
  if (end === 'queued' || end === 'unknown') return [];
  const data: Record<string, string> = { template: message.template, channel: message.channel };
  if (handover.outcome !== 'sent') Object.assign(data, { code: handover.error.code, reason: handover.error.message });
  if (!isOwnAddress(message)) data.to = message.to;
  const event = { contactId: message.contactId, event: `message.${end}`, data, message: message._id, occurredAt: now };
  const items = [intakeItem('event', `${message._id}/${end}`, event, 'delivery')];
  const { channel } = message;
  if (end === 'bounced' && channel !== 'messenger' && isOwnAddress(message)) {
    const { contactId, _id } = message;
    const suppression = { contactId, channel, reason: 'bounced' as const, by: 'delivery', message: _id };
    items.push(intakeItem('suppression', `${_id}/suppression`, suppression, 'delivery'));
  }
  return items;
}

function sentOf({ message, handover, subject }: Attempt, now: number): SentMessageDoc {
  // The relay's answer to each mail differs and says little; an SMS is asked about by its provider's id.
  const providerId = message.channel === 'sms' && handover.outcome === 'sent' ? handover.providerId : undefined;
  return {
    _id: message._id,
    sentAt: new Date(now),
    attempts: message.attempts + 1,
    ...(subject !== undefined && { subject }),
    ...(providerId !== undefined && { providerId }),
  };
}

function markOf({ message, handover }: Attempt, toVirtual: (real: number) => number): Mark[] {
  if (handover.outcome === 'sent') return [];
  const attempts = message.attempts + 1;
  const { error } = handover;
  const status = finalStatus(message, handover);
  if (status !== 'queued') return [{ key: message._id, set: { status, attempts, error } }];
  const notBefore = new Date(toVirtual(Date.now() + pauseAfter(attempts)));
  return [{ key: message._id, set: { attempts, error, notBefore } }];
}

function finalStatus(message: MessageDoc, { outcome }: Handover): MessageStatus {
  if (outcome !== 'retry') return outcome;
  return message.attempts + 1 < maxAttempts ? 'queued' : 'failed';
}

/** Waits for a store that is away, up to a minute. */
export async function untilStored(write: () => Promise<void>, { log }: Settler): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (attempt === 60) throw error;
      log.warn({ err: error, attempt }, 'the outcome of messages could not be stored yet');
      await pause(1_000);
    }
  }
}
