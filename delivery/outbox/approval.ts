import { awaited } from '../../engine/approval/state.ts';
import { approvalsById } from '../../store/approvals.ts';
import { insertOnce } from '../../store/duplicates.ts';
import type { MessageDoc } from '../../store/models/message.ts';
import { type NotificationDoc, Notifications } from '../../store/models/record.ts';
import en from '../../texts/en.approvals.json' with { type: 'json' };
import ru from '../../texts/ru.approvals.json' with { type: 'json' };

/**
 * Keys of the mails that ask for a decision which is no longer theirs to take: it was decided, the document has changed, or somebody
 * else was asked instead. Without any such mail it reads nothing.
 */
export async function settledAsks(messages: readonly MessageDoc[]): Promise<Set<string>> {
  const asks = messages.flatMap(({ _id, approval }) => (approval ? [{ key: _id, ...approval.ask }] : []));
  const found = await approvalsById([...new Set(asks.map(({ approval }) => approval))]);
  const approvals = new Map(found.map((doc) => [doc._id, doc]));
  const settled = asks.filter(({ approval, user, round }) => {
    const doc = approvals.get(approval);
    return doc === undefined || doc.round !== round || !awaited(doc).includes(user);
  });
  return new Set(settled.map(({ key }) => key));
}

/** A line in the inbox of each approver whose mail could not be delivered. */
export async function tellUndelivered(messages: readonly MessageDoc[], at: Date): Promise<void> {
  const lines = messages.flatMap(({ _id, contactId, approval }) => {
    if (approval === undefined) return [];
    const { title } = approval.says;
    const text = { en: `${en.notice.undelivered}: ${title}`, ru: `${ru.notice.undelivered}: ${title}` };
    const { user, approval: id } = approval.ask;
    return [{ _id: `${_id}/undelivered`, user, contactId, text, approval: id, at }];
  });
  await insertOnce<NotificationDoc>(Notifications, lines);
}
