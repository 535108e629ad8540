import type { ContactView } from '../../engine/model/contact.ts';
import { gate, type Verdict } from '../../engine/policy/gate.ts';
import type { ContactPolicy } from '../../engine/schema/contact-policy.ts';
import type { MessageDoc } from '../../store/models/message.ts';
import { isOwnAddress } from './compose.ts';

type Review = { verdict: 'send' } | { verdict: 'skip'; reason: string } | { verdict: 'postpone'; until: number };

/**
 * The gate's second look, at the moment of delivery: hours may have passed since the message was handed over, and the
 * contact may have unsubscribed, moved to another zone, or be gone. Its place under the caps it already has.
 * @param now virtual epoch ms
 * @param settled keys of the mails to approvers from whom nothing is wanted any more
 */
export function review(
  message: MessageDoc,
  contact: ContactView | undefined,
  policy: ContactPolicy,
  now: number,
  { settled }: { settled: ReadonlySet<string> },
): Review {
  if (!contact) return { verdict: 'skip', reason: 'no-contact' };
  const { _id: key, channel, purpose, item } = message;
  // The company asks its own people: what the contact wants to get, or is spared, has no part in it.
  if (message.approval !== undefined) {
    return settled.has(key) ? { verdict: 'skip', reason: 'approval-settled' } : { verdict: 'send' };
  }
  // Who writes in a chat wants to be answered there.
  if (channel === 'messenger') return { verdict: 'send' };
  const request = {
    key,
    channel,
    purpose,
    at: now,
    timezone: item.timezone,
    sendWindow: item.sendWindow,
    onCap: item.onCap,
    deferUntil: item.deferUntil,
    ...(!isOwnAddress(message) && { address: message.to }),
  };
  const place = { key, channel, purpose, at: message.queuedAt.getTime() };
  return reviewOf(gate(request, contact, policy, [place]));
}

function reviewOf(verdict: Verdict): Review {
  return verdict.verdict === 'defer' ? { verdict: 'postpone', until: verdict.until } : verdict;
}
