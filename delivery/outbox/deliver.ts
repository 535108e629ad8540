import { VoronkaError } from '../../engine/errors/error.ts';
import { contactViews } from '../../store/contacts.ts';
import { type MessageDoc, Messages } from '../../store/models/message.ts';
import type { Handover } from '../channels/handover.ts';
import { claimMessages, dueMessages } from './claim.ts';
import { composeMail, composeSms, type Draft } from './compose.ts';
import type { OutboxDeps } from './deps.ts';
import { review } from './review.ts';
import { type Attempt, settle } from './settle.ts';

/** Messages looked at together: one read each of messages and contacts. */
const batchSize = 200;
/** Groups that are being handed over at the same time, so that the relay never waits for the store. */
const groupsInFlight = 3;

/**
 * Delivers everything that is due. Messages are claimed in small groups right before they are handed over: after a crash
 * only those of the groups in flight are `unknown`.
 * @param stopped asked between groups: true ends early, with what was begun
 */
export async function deliverDue(deps: OutboxDeps, stopped: () => boolean = () => false): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for (;;) {
    const due = await dueMessages(deps.clock.now(), batchSize);
    if (due.length === 0 || failures.length > 0 || stopped()) break;
    const drafts = await pass(due, deps);
    for (const group of inGroups(drafts, deps.concurrency * 4)) {
      if (running.size >= groupsInFlight) await Promise.race(running);
      if (stopped()) break;
      const { claim, messages } = await claimMessages(group.map(({ message }) => message));
      const won = new Set(messages);
      const mine = group.filter(({ message }) => won.has(message));
      if (mine.length === 0) continue;
      const sending = handOver(mine, deps)
        .then((attempts) => settle(claim, attempts, deps))
        .catch((error) => void failures.push(error))
        .finally(() => running.delete(sending));
      running.add(sending);
    }
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}

/** The gate's second look: writes down what may not leave (now), and keeps the rest. */
async function pass(due: readonly MessageDoc[], deps: OutboxDeps): Promise<Draft[]> {
  const [policy, contacts] = await Promise.all([
    deps.policy(),
    contactViews([...new Set(due.map(({ contactId }) => contactId))]),
  ]);
  const now = deps.clock.now();
  const drafts: Draft[] = [];
  const refused = due.flatMap((message) => {
    const contact = contacts.get(message.contactId);
    const answer = review(message, contact, policy, now);
    if (answer.verdict === 'send' && contact) drafts.push({ message, contact, policy });
    if (answer.verdict === 'send') return [];
    const set =
      answer.verdict === 'skip'
        ? { status: 'skipped' as const, skipReason: answer.reason }
        : { notBefore: new Date(answer.until) };
    return [{ updateOne: { filter: { _id: message._id, status: 'queued' as const }, update: { $set: set } } }];
  });
  if (refused.length > 0) await Messages.bulkWrite(refused, { ordered: false });
  return drafts;
}

/** Each message fares on its own: one refusal never touches its neighbours. */
async function handOver(drafts: readonly Draft[], deps: OutboxDeps): Promise<Attempt[]> {
  return await Promise.all(drafts.map((draft) => handOverOne(draft, deps)));
}

async function handOverOne(draft: Draft, deps: OutboxDeps): Promise<Attempt> {
  const { message } = draft;
  const composed = compose(draft, deps);
  if ('error' in composed) return { message, handover: { outcome: 'failed', error: composed.error } };
  if ('sms' in composed) return { message, handover: await deps.sms.send(composed.sms) };
  return { message, handover: await deps.mailer.send(composed.mail), subject: composed.mail.subject };
}

type Composed =
  | { mail: ReturnType<typeof composeMail> }
  | { sms: ReturnType<typeof composeSms> }
  | { error: Extract<Handover, { error: unknown }>['error'] };

function compose(draft: Draft, deps: OutboxDeps): Composed {
  try {
    if (draft.message.channel === 'sms') return { sms: composeSms(draft, deps) };
    return { mail: composeMail(draft, deps.clock.now(), deps) };
  } catch (error) {
    const code = error instanceof VoronkaError ? error.code : 'TEMPLATE_INVALID';
    return { error: { code, message: error instanceof Error ? error.message : String(error) } };
  }
}

/** Groups in random order: consumers that found the same messages rarely reach for the same group. */
function inGroups(drafts: readonly Draft[], size: number): Draft[][] {
  const groups: Draft[][] = [];
  for (let start = 0; start < drafts.length; start += size) groups.push(drafts.slice(start, start + size));
  return groups
    .map((group) => ({ group, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ group }) => group);
}
