import mongoose, { type ClientSession } from 'mongoose';
import { intakeItem } from '../../delivery/intake/items.ts';
import type { EffectOf } from '../../engine/model/effects.ts';
import { Contacts } from '../../store/models/contact.ts';
import { EffectReceipts } from '../../store/models/record.ts';
import { Tasks } from '../../store/models/task.ts';
import { type UserDoc, Users } from '../../store/models/user.ts';
import { type EffectDeps, type PerformEffect, performed } from './effect.ts';
import { applyThroughIntake } from './intake.ts';

type AssignOwner = EffectOf<'assign-owner'>;

/**
 * Gives contacts an owner among active users: round robin takes whoever waited longest, least loaded the one with the
 * fewest open tasks and contacts. The choice is kept in a receipt, so that a retry chooses the same. With `keep`, a
 * contact whose owner is active keeps that one.
 */
export const assignOwner: PerformEffect<'assign-owner'> = async (effects, deps) => {
  const chosen = await chooseOnce(effects, deps);
  const items = effects.flatMap(({ key, instance, item }) => {
    const owner = chosen.get(key);
    if (owner === undefined || owner === null) return [];
    return [intakeItem('change', key, { contactId: item.subject.contactId, set: { owner }, by: instance }, 'engine')];
  });
  const applied = new Map((await applyThroughIntake(items, deps)).map((outcome) => [outcome.key, outcome]));
  return effects.map(({ key }) => {
    const outcome = applied.get(key);
    if (outcome && outcome.status !== 'performed') return outcome;
    return performed(key, { user: chosen.get(key) ?? null });
  });
};

/** @returns the owner by effect key; null where nobody can be one. */
async function chooseOnce(effects: readonly AssignOwner[], { now }: EffectDeps): Promise<Map<string, string | null>> {
  return await mongoose.connection.transaction(async (session) => {
    const keys = effects.map(({ key }) => key);
    const receipts = await EffectReceipts.find({ _id: { $in: keys } }, null, { session }).lean();
    const chosen = new Map(
      receipts.map(({ _id, result }) => [_id, typeof result.user === 'string' ? result.user : null]),
    );
    const open = effects.filter(({ key }) => !chosen.has(key));
    if (open.length === 0) return chosen;
    const choice = await Choice.open(open, session);
    for (const effect of open) chosen.set(effect.key, choice.choose(effect));
    await choice.save(session);
    const made = open.map(({ key }) => ({ _id: key, result: { user: chosen.get(key) ?? null }, at: new Date(now) }));
    await EffectReceipts.insertMany(made, { session });
    return chosen;
  });
}

interface Candidate extends UserDoc {
  load: number;
  assigned: boolean;
}

class Choice {
  readonly #users: Map<string, Candidate>;
  readonly #owners: Map<string, string | undefined>;

  private constructor(users: Map<string, Candidate>, owners: Map<string, string | undefined>) {
    this.#users = users;
    this.#owners = owners;
  }

  static async open(effects: readonly AssignOwner[], session: ClientSession): Promise<Choice> {
    const users = await Users.find({ active: true }, null, { session }).lean();
    const contactIds = effects.map(({ item }) => item.subject.contactId);
    const contacts = await Contacts.find({ _id: { $in: contactIds } }, { owner: 1 }, { session }).lean();
    const loads = effects.some(({ item }) => item.strategy === 'least-loaded')
      ? await loadsOf(
          users.map(({ _id }) => _id),
          session,
        )
      : new Map<string, number>();
    const candidates = users.map((user) => ({ ...user, load: loads.get(user._id) ?? 0, assigned: false }));
    return new Choice(
      new Map(candidates.map((candidate) => [candidate._id, candidate])),
      new Map(contacts.map(({ _id, owner }) => [_id, owner])),
    );
  }

  choose({ item: { subject, among, strategy, keep } }: AssignOwner): string | null {
    const present = this.#users.get(this.#owners.get(subject.contactId) ?? '');
    if (keep && present) return present._id;
    const candidates = [...this.#users.values()].filter(
      ({ _id, role }) =>
        (among.users === undefined || among.users.includes(_id)) && (among.role === undefined || among.role === role),
    );
    const inTurn = (a: Candidate, b: Candidate) => a.lastAssigned - b.lastAssigned || (a._id < b._id ? -1 : 1);
    candidates.sort(strategy === 'least-loaded' ? (a, b) => a.load - b.load || inTurn(a, b) : inTurn);
    const [first] = candidates;
    if (first === undefined) return null;
    first.load += 1;
    first.lastAssigned = 1 + Math.max(...[...this.#users.values()].map(({ lastAssigned }) => lastAssigned));
    first.assigned = true;
    return first._id;
  }

  async save(session: ClientSession): Promise<void> {
    const assigned = [...this.#users.values()].filter((user) => user.assigned);
    if (assigned.length === 0) return;
    await Users.bulkWrite(
      assigned.map(({ _id, lastAssigned }) => ({ updateOne: { filter: { _id }, update: { $set: { lastAssigned } } } })),
      { session },
    );
  }
}

/** Open tasks and owned contacts by user. */
async function loadsOf(users: readonly string[], session: ClientSession): Promise<Map<string, number>> {
  const count = { $sum: 1 };
  const tasks = await Tasks.aggregate<{ _id: string; count: number }>(
    [{ $match: { assignee: { $in: users }, status: 'open' } }, { $group: { _id: '$assignee', count } }],
    { session },
  );
  const contacts = await Contacts.aggregate<{ _id: string; count: number }>(
    [{ $match: { owner: { $in: users } } }, { $group: { _id: '$owner', count } }],
    { session },
  );
  const loads = new Map<string, number>();
  for (const { _id, count: more } of [...tasks, ...contacts]) loads.set(_id, (loads.get(_id) ?? 0) + more);
  return loads;
}
