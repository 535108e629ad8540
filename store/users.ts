import mongoose, { type ClientSession } from 'mongoose';
import type { Colleague } from '../engine/routing/reach.ts';
import { type UserDoc, Users } from './models/user.ts';

/** A user as choices of the engine see them, times in epoch ms. */
export function colleagueOf({ _id, role, active, absences = [] }: UserDoc): Colleague {
  return {
    key: _id,
    role,
    active,
    absences: absences.map(({ from, until, deputy }) => ({ from: from.getTime(), until: until.getTime(), deputy })),
  };
}

export async function listUsers(): Promise<UserDoc[]> {
  return await Users.find().sort({ _id: 1 }).lean<UserDoc[]>();
}

export async function findUser(key: string): Promise<UserDoc | null> {
  return await Users.findById(key).lean<UserDoc>();
}

/** What people enter of a user. */
export type UserFields = Omit<UserDoc, 'skills' | 'absences' | 'lastAssigned'> &
  Partial<Pick<UserDoc, 'skills' | 'absences'>>;

const optional = ['email', 'team', 'capacity', 'calendar'] as const;

/** Creates a user or replaces the one with that key; the memory of assignments stays. */
export async function saveUser({ _id, skills = [], absences = [], ...fields }: UserFields): Promise<void> {
  const absent = optional.filter((field) => fields[field] === undefined);
  const unset = absent.length > 0 ? { $unset: Object.fromEntries(absent.map((field) => [field, 1])) } : {};
  const given = Object.fromEntries(
    Object.entries({ ...fields, skills, absences }).filter(([, one]) => one !== undefined),
  );
  const update = { $set: given, ...unset, $setOnInsert: { lastAssigned: 0 } };
  await amongChoices((session) => Users.updateOne({ _id }, update, { upsert: true, session }));
}

/** @returns false when there is no such user, or they are away at that time already. */
export async function addAbsence(key: string, absence: UserDoc['absences'][number]): Promise<boolean> {
  const meanwhile = { $elemMatch: { from: { $lt: absence.until }, until: { $gt: absence.from } } };
  const filter = { _id: key, absences: { $not: meanwhile } };
  const { matchedCount } = await amongChoices((session) =>
    Users.updateOne(filter, { $push: { absences: absence } }, { session }),
  );
  return matchedCount === 1;
}

/** Takes back the absence that begins at that instant. @returns false when there is none. */
export async function removeAbsence(key: string, from: Date): Promise<boolean> {
  const filter = { _id: key, 'absences.from': from };
  const { matchedCount } = await amongChoices((session) =>
    Users.updateOne(filter, { $pull: { absences: { from } } }, { session }),
  );
  return matchedCount === 1;
}

/**
 * A change of somebody between the choices that give them work: those write the same documents in transactions, on which a
 * plain write would hang at the embedded server; a transaction is refused at once and tried again.
 */
async function amongChoices<T>(write: (session: ClientSession) => PromiseLike<T>): Promise<T> {
  return await mongoose.connection.transaction(async (session) => await write(session));
}

export async function anyUser(): Promise<boolean> {
  return (await Users.exists({})) !== null;
}
