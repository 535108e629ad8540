import { type UserDoc, Users } from './models/user.ts';

export async function listUsers(): Promise<UserDoc[]> {
  return await Users.find().sort({ _id: 1 }).lean<UserDoc[]>();
}

export async function findUser(key: string): Promise<UserDoc | null> {
  return await Users.findById(key).lean<UserDoc>();
}

/** Creates a user or changes the one with that key; the memory of assignments stays. */
export async function saveUser({ _id, ...fields }: Omit<UserDoc, 'lastAssigned'>): Promise<void> {
  const unset = fields.email === undefined ? { $unset: { email: 1 } } : {};
  await Users.updateOne({ _id }, { $set: fields, ...unset, $setOnInsert: { lastAssigned: 0 } }, { upsert: true });
}

export async function anyUser(): Promise<boolean> {
  return (await Users.exists({})) !== null;
}
