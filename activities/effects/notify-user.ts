import { insertOnce } from '../../store/duplicates.ts';
import { type NotificationDoc, Notifications } from '../../store/models/record.ts';
import { type PerformEffect, performed } from './effect.ts';
import { People } from './people.ts';

/** Puts a line into the inbox of a user, of everybody with a role, or of the owner; of the deputies of who is away. */
export const notifyUser: PerformEffect<'notify-user'> = async (effects, { now }) => {
  const people = await People.at(
    now,
    effects.map(({ item }) => item),
  );
  const lines = effects.map((effect) => ({ effect, users: people.meant(effect.item.to, effect.item.subject) }));
  const docs = lines.flatMap(({ effect: { key, item }, users }) =>
    users.map((user) => ({
      _id: `${key}/${user}`,
      user,
      contactId: item.subject.contactId,
      text: item.text,
      process: item.process,
      at: new Date(now),
    })),
  );
  await insertOnce<NotificationDoc>(Notifications, docs);
  return lines.map(({ effect: { key }, users }) => performed(key, { users }));
};
