import type { ClientSession } from 'mongoose';
import { assign, type Person } from '../../engine/routing/person.ts';
import { openStatuses, openTasks, openTickets, ownedContacts } from '../../store/loads.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Tickets } from '../../store/models/ticket.ts';
import { type UserDoc, Users } from '../../store/models/user.ts';

type Given = 'contact' | 'ticket';

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
  const keys = users.map(({ _id }) => _id);
  const counters = kind === 'ticket' ? [openTickets] : [openTasks, ownedContacts];
  const loads = new Map<string, number>();
  const count = (user: string, more: number) => loads.set(user, (loads.get(user) ?? 0) + more);
  for (const counter of counters) for (const [user, some] of await counter(keys, session)) count(user, some);
  const reserved = users.flatMap(({ _id, reserved = [] }) =>
    reserved.flatMap((one) => (one.kind === kind ? [{ user: _id, id: one.id }] : [])),
  );
  if (reserved.length === 0) return loads;
  const asked = reserved.map(({ id }) => id);
  const holders = kind === 'ticket' ? await assigneesOf(asked, session) : await ownersOf(asked, session);
  for (const { user, id } of reserved) if (holders.has(id) && holders.get(id) !== user) count(user, 1);
  return loads;
}

/** Whose those of the tickets are that are still open. */
async function assigneesOf(ids: string[], session: ClientSession): Promise<Map<string, string | undefined>> {
  const filter = { _id: { $in: ids }, status: { $in: openStatuses } };
  const docs = await Tickets.find(filter, { assignee: 1 }, { session }).lean();
  return new Map(docs.map(({ _id, assignee }) => [_id, assignee]));
}

async function ownersOf(ids: string[], session: ClientSession): Promise<Map<string, string | undefined>> {
  const docs = await Contacts.find({ _id: { $in: ids } }, { owner: 1 }, { session }).lean();
  return new Map(docs.map(({ _id, owner }) => [_id, owner]));
}
