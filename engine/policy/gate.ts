import { emailKey, phoneKey } from '../contacts/normalise.ts';
import { hash32 } from '../hash.ts';
import type { Channel, ContactView, Purpose, SuppressionReason } from '../model/contact.ts';
import type { ContactPolicy } from '../schema/contact-policy.ts';
import { durationMs } from '../time/duration.ts';
import { permittedAt } from './window.ts';
import { effectiveZone } from './zone.ts';

/** A message that was handed over to the contact: the caps' memory. */
export interface SentRecord {
  /** Effect key of the message. */
  key: string;
  /** Epoch ms. */
  at: number;
  channel: Channel;
  purpose: Purpose;
}

export interface GateRequest {
  key: string;
  channel: Channel;
  purpose: Purpose;
  /** The moment of sending, epoch ms. */
  at: number;
  /** `settings.timezone` of the definition. */
  timezone: string;
  sendWindow?: string;
  onCap: 'defer' | 'drop';
  /** Epoch ms beyond which it does not wait for room under a cap, nor for the zone. */
  deferUntil: number;
  /** The address it goes to when that is not the contact's own (the owner's, or a computed one). */
  address?: string;
}

export type SkipReason =
  | `suppressed:${SuppressionReason}`
  | 'no-address'
  | 'no-consent'
  | 'unsubscribed'
  | 'unknown-zone'
  | 'closed'
  | 'cap';

export type Verdict =
  | { verdict: 'send' }
  | { verdict: 'skip'; reason: SkipReason }
  | { verdict: 'defer'; reason: 'closed' | 'unknown-zone' | 'cap'; until: number };

/** A message that is held without a known end is looked at again this often. */
const holdStep = 3_600_000;

/**
 * Whether a message may leave at this moment; asked when a step sends and again at delivery. In order:
 * 1. a suppressed channel of the contact stops every purpose (`suppressed:<reason>`), so does a missing address;
 * 2. marketing needs consent that is `granted`: `unsubscribed` when it was withdrawn, `no-consent` when never given;
 * 3. marketing outside the window, or in quiet hours, is deferred to the next permitted moment (`closed`); held ones
 *    (`unknown-zone`, or a window that never opens) wait no longer than `deferUntil`;
 * 4. marketing over a cap waits (`until` the record that makes room leaves the sliding period), or is skipped when
 *    `onCap` says `drop` or the room comes after `deferUntil`. A message whose own key is in `sent` has its place.
 */
export function gate(
  request: GateRequest,
  contact: ContactView,
  policy: ContactPolicy,
  sent: readonly SentRecord[],
): Verdict {
  const refusal = refusalOf(request, contact);
  if (refusal) return { verdict: 'skip', reason: refusal };
  if (request.purpose === 'transactional') return { verdict: 'send' };
  const message = {
    ...effectiveZone(contact, request.timezone, policy),
    purpose: request.purpose,
    sendWindow: request.sendWindow,
    seed: hash32(request.key),
  };
  const permitted = permittedAt(message, policy, request.at);
  if (permitted === null) {
    const reason = message.known ? 'closed' : 'unknown-zone';
    if (request.at >= request.deferUntil) return { verdict: 'skip', reason };
    return { verdict: 'defer', reason, until: Math.min(request.at + holdStep, request.deferUntil) };
  }
  if (permitted > request.at) return { verdict: 'defer', reason: 'closed', until: permitted };
  const room = roomAt(request, policy, sent);
  if (room <= request.at) return { verdict: 'send' };
  if (request.onCap === 'drop' || room > request.deferUntil) return { verdict: 'skip', reason: 'cap' };
  return { verdict: 'defer', reason: 'cap', until: room };
}

function refusalOf(request: GateRequest, contact: ContactView): SkipReason | null {
  const { channel } = request;
  const own = channel === 'email' ? contact.email : contact.phone;
  const suppressed = contact.suppressed[channel];
  if (suppressed && isOwn(channel, request.address, own)) return `suppressed:${suppressed}`;
  if (!(request.address ?? own)) return 'no-address';
  if (request.purpose === 'transactional' || contact.consent[channel] === 'granted') return null;
  return contact.consent[channel] === 'withdrawn' ? 'unsubscribed' : 'no-consent';
}

/** A computed address may be the contact's own by another spelling. */
function isOwn(channel: Channel, address: string | undefined, own: string | undefined): boolean {
  if (address === undefined || address === own) return true;
  const key = channel === 'email' ? emailKey : phoneKey;
  return own !== undefined && key(address) === key(own);
}

/** The first whole second from `at` on at which every cap has room, if nothing else is sent. */
function roomAt(request: GateRequest, policy: ContactPolicy, sent: readonly SentRecord[]): number {
  if (sent.some((record) => record.key === request.key)) return request.at;
  let room = request.at;
  for (const cap of policy.caps) {
    if (cap.purpose !== request.purpose || (cap.channel ?? request.channel) !== request.channel) continue;
    const per = durationMs(cap.per);
    const times = sent
      .filter((record) => record.purpose === cap.purpose && (cap.channel ?? record.channel) === record.channel)
      .map((record) => record.at)
      .sort((a, b) => b - a);
    // The newest `max` fill the cap: there is room once the oldest of them is out.
    const last = times[cap.max - 1];
    if (last !== undefined) room = Math.max(room, Math.ceil((last + per) / 1000) * 1000);
  }
  return room;
}
