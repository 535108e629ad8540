import mongoose from 'mongoose';
import type { EffectOf } from '../../engine/model/effects.ts';
import { Notifications } from '../../store/models/record.ts';
import { type PerformEffect, performed } from './effect.ts';
import { activeByRole, ownersOf } from './people.ts';

/** Puts a line into the inbox of a user, of everybody with a role, or of the contact's owner. */
export const notifyUser: PerformEffect<'notify-user'> = async (effects, { now }) => {
  const [owners, byRole] = await Promise.all([
    ownersOf(effects.filter(({ item }) => 'owner' in item.to)),
    activeByRole(new Set(effects.flatMap(({ item }) => ('role' in item.to ? [item.to.role] : [])))),
  ]);
  const recipients = ({ item: { to, subject } }: EffectOf<'notify-user'>): string[] => {
    if ('user' in to) return [to.user];
    if ('role' in to) return byRole.get(to.role) ?? [];
    const owner = owners.get(subject.contactId);
    return owner === undefined ? [] : [owner];
  };
  const lines = effects.map((effect) => ({ effect, users: recipients(effect) }));
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
  await insertNew(docs);
  return lines.map(({ effect: { key }, users }) => performed(key, { users }));
};

async function insertNew(docs: Parameters<typeof Notifications.insertMany>[0]): Promise<void> {
  try {
    await Notifications.insertMany(docs, { ordered: false, lean: true });
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoBulkWriteError && error.code === 11000)) throw error;
  }
}
