import type { ClientSession } from 'mongoose';
import { ticketStatuses } from '../../engine/model/ticket.ts';
import { assign, type Person } from '../../engine/routing/person.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Tasks } from '../../store/models/task.ts';
import { Tickets } from '../../store/models/ticket.ts';
import { type UserDoc, Users } from '../../store/models/user.ts';

type Given = 'contact' | 'ticket';

const openStatuses = ticketStatuses.filter((status) => status !== 'resolved' && status !== 'closed');

/**
 * The people of the company as one choice sees and changes them, in its transaction. Two choices at once that give
 * something to the same person conflict over that person's document, and the later one looks again.
 */
export class Roster {
  readonly people: readonly Person[];
  readonly #kind: Given;
  readonly #session: ClientSession;
  readonly #given: { user: Person; key: string; id: string }[] = [];

  private constructor(people: readonly Person[], kind: Given, session: ClientSession) {
    this.people = people;
    this.#kind = kind;
    this.#session = session;
  }

  /** @param loaded whether loads matter: open tickets, or open tasks and owned contacts. */
  static async open(kind: Given, loaded: boolean, session: ClientSession): Promise<Roster> {
    // The people first: what was reserved for them then is either still reserved or already written.
    const users = await Users.find({}, null, { session }).lean<UserDoc[]>();
    const loads = loaded ? await loadsOf(kind, users, session) : new Map<string, number>();
    return new Roster(
      users.map((user) => personOf(user, loads.get(user._id) ?? 0)),
      kind,
      session,
    );
  }

  give(user: string, key: string, id: string): void {
    const person = this.people.find((one) => one.key === user);
    if (person === undefined) return;
    assign(this.people, person);
    this.#given.push({ user: person, key, id });
  }

  async save(): Promise<void> {
    if (this.#given.length === 0) return;
    const kind = this.#kind;
    const updates = [...new Set(this.#given.map(({ user }) => user))].map(({ key: _id, lastAssigned }) => {
      const reserved = this.#given.flatMap(({ user, key, id }) => (user.key === _id ? [{ key, kind, id }] : []));
      const update = { $set: { lastAssigned }, $push: { reserved: { $each: reserved } } };
      return { updateOne: { filter: { _id }, update } };
    });
    await Users.bulkWrite(updates, { session: this.#session });
  }

  /** What the intake has written, or never will, is no longer only promised. */
  static async release(users: ReadonlySet<string>, keys: readonly string[]): Promise<void> {
    if (users.size === 0) return;
    await Users.updateMany({ _id: { $in: [...users] } }, { $pull: { reserved: { key: { $in: [...keys] } } } });
  }
}

function personOf({ _id, absences = [], skills = [], ...user }: UserDoc, load: number): Person {
  return {
    ...user,
    key: _id,
    skills,
    absences: absences.map(({ from, until, deputy }) => ({ from: from.getTime(), until: until.getTime(), deputy })),
    load,
  };
}

/** What everybody has open, with what is reserved for them and not theirs yet. */
async function loadsOf(kind: Given, users: readonly UserDoc[], session: ClientSession): Promise<Map<string, number>> {
  const loads = new Map<string, number>();
  const count = (user: string, more: number) => loads.set(user, (loads.get(user) ?? 0) + more);
  const reserved = users.flatMap(({ _id, reserved = [] }) =>
    reserved.flatMap((one) => (one.kind === kind ? [{ user: _id, id: one.id }] : [])),
  );
  const [open, theirs] = await (kind === 'ticket' ? ticketsOf : contactsOf)(
    users.map(({ _id }) => _id),
    reserved.map(({ id }) => id),
    session,
  );
  for (const { _id, count: some } of open) count(_id, some);
  for (const { user, id } of reserved) if (theirs.has(id) && theirs.get(id) !== user) count(user, 1);
  return loads;
}

type Counts = { _id: string; count: number }[];

/** How many each of the users has, and whose those of the asked ones are that are still open. */
type Holdings = [Counts, ReadonlyMap<string, string | undefined>];

const sum = { count: { $sum: 1 } };

async function ticketsOf(users: string[], asked: string[], session: ClientSession): Promise<Holdings> {
  const open = { status: { $in: openStatuses } };
  const match = { ...open, assignee: { $in: users } };
  const counts = await Tickets.aggregate<Counts[number]>(
    [{ $match: match }, { $group: { _id: '$assignee', ...sum } }],
    { session },
  );
  if (asked.length === 0) return [counts, new Map()];
  const docs = await Tickets.find({ ...open, _id: { $in: asked } }, { assignee: 1 }, { session }).lean();
  return [counts, new Map(docs.map(({ _id, assignee }) => [_id, assignee]))];
}

async function contactsOf(users: string[], asked: string[], session: ClientSession): Promise<Holdings> {
  const tasks = await Tasks.aggregate<Counts[number]>(
    [{ $match: { assignee: { $in: users }, status: 'open' } }, { $group: { _id: '$assignee', ...sum } }],
    { session },
  );
  const contacts = await Contacts.aggregate<Counts[number]>(
    [{ $match: { owner: { $in: users } } }, { $group: { _id: '$owner', ...sum } }],
    { session },
  );
  const counts = [...tasks, ...contacts];
  if (asked.length === 0) return [counts, new Map()];
  const docs = await Contacts.find({ _id: { $in: asked } }, { owner: 1 }, { session }).lean();
  return [counts, new Map(docs.map(({ _id, owner }) => [_id, owner]))];
}
