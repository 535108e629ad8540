import { contactViews } from '../../store/contacts.ts';
import type { MessageDoc } from '../../store/models/message.ts';
import { settledAsks } from './approval.ts';
import { readAttachments } from './attachment.ts';
import type { Draft } from './compose.ts';
import type { OutboxDeps } from './deps.ts';
import { type Mark, writeMarks } from './mark.ts';
import { readReplies } from './reply.ts';
import { review } from './review.ts';

/** The gate's second look: writes down what may not leave (now), and keeps the rest. */
export async function pass(messages: readonly MessageDoc[], deps: OutboxDeps): Promise<Draft[]> {
  const [policy, contacts, replies, attachments, settled] = await Promise.all([
    deps.policy(),
    contactViews([...new Set(messages.map(({ contactId }) => contactId))]),
    readReplies(messages),
    readAttachments(messages),
    settledAsks(messages),
  ]);
  const now = deps.clock.now();
  const drafts: Draft[] = [];
  const marks = messages.flatMap((message): Mark[] => {
    const contact = contacts.get(message.contactId);
    const answer = review(message, contact, policy, now, { settled });
    const reply = replies.get(message._id);
    const attachment = attachments.get(message._id);
    if (answer.verdict === 'send' && contact) {
      drafts.push({ message, contact, policy, ...(reply && { reply }), ...(attachment && { attachment }) });
    }
    if (answer.verdict === 'send') return [];
    const set =
      answer.verdict === 'skip'
        ? { status: 'skipped' as const, skipReason: answer.reason }
        : { notBefore: new Date(answer.until) };
    return [{ key: message._id, set }];
  });
  await writeMarks(marks);
  return drafts;
}
