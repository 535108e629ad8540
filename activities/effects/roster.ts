import type { ClientSession } from 'mongoose';
import { assign, type Person } from '../../engine/routing/person.ts';
import { openStatuses, openTasks, openTickets, ownedContacts, ownedDeals } from '../../store/loads.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Deals } from '../../store/models/deal.ts';
import { type ReservationDoc, Reservations } from '../../store/models/reservation.ts';
import { Tickets } from '../../store/models/ticket.ts';
import { type UserDoc, Users } from '../../store/models/user.ts';
import { colleagueOf } from '../../store/users.ts';

type Given = 'contact' | 'ticket';

/**
 * The people of the company as one choice sees and changes them, in its transaction. Two choices at once that give
 * something to the same person conflict over that person's document, and the later one looks again.
 */
export class Roster {
  readonly people: readonly Person[];
  readonly #kind: Given;
  readonly #session: ClientSession;
  readonly #given: ReservationDoc[] = [];

  private constructor(people: readonly Person[], kind: Given, session: ClientSession) {
    this.people = people;
    this.#kind = kind;
    this.#session = session;
  }

  /** @param loaded whether loads matter: open tickets, or open tasks, owned contacts and open deals. */
  static async open(kind: Given, loaded: boolean, session: ClientSession): Promise<Roster> {
    const users = await Users.find({}, null, { session }).lean<UserDoc[]>();
    const keys = users.map(({ _id }) => _id);
    const loads = loaded ? await loadsOf(kind, keys, session) : new Map<string, number>();
    return new Roster(
      users.map((user) => personOf(user, loads.get(user._id) ?? 0)),
      kind,
      session,
    );
  }

  /** @param subject id of the ticket, of the contact or of its deal. */
  give(user: string, key: string, subject: string): void {
    const person = this.people.find((one) => one.key === user);
    if (person === undefined) return;
    assign(this.people, person);
    this.#given.push({ _id: key, user, kind: this.#kind, subject });
  }

  async save(): Promise<void> {
    if (this.#given.length === 0) return;
    const session = this.#session;
    const users = new Set(this.#given.map(({ user }) => user));
    const updates = this.people.flatMap(({ key: _id, lastAssigned }) =>
      users.has(_id) ? [{ updateOne: { filter: { _id }, update: { $set: { lastAssigned } } } }] : [],
    );
    await Users.bulkWrite(updates, { session });
    await Reservations.insertMany(this.#given, { session });
  }

  /** What the intake has written, or never will, is no longer only promised. */
  static async release(keys: readonly string[]): Promise<void> {
    if (keys.length > 0) await Reservations.deleteMany({ _id: { $in: [...keys] } });
  }
}

function personOf(user: UserDoc, load: number): Person {
  const { team, skills = [], capacity, calendar, lastAssigned } = user;
  return { ...colleagueOf(user), team, skills, capacity, calendar, lastAssigned, load };
}

/** What everybody has open, with what is reserved for them and not theirs yet. */
async function loadsOf(kind: Given, users: readonly string[], session: ClientSession): Promise<Map<string, number>> {
  // First what is reserved: by the time it is no longer, it is written and counted below.
  const reserved = await Reservations.find({ kind }, null, { session }).lean<ReservationDoc[]>();
  const loads = new Map<string, number>();
  const count = (user: string, more: number) => loads.set(user, (loads.get(user) ?? 0) + more);
  const counters = kind === 'ticket' ? [openTickets] : [openTasks, ownedContacts, ownedDeals];
  for (const counter of counters) for (const [user, some] of await counter(users, session)) count(user, some);
  if (reserved.length === 0) return loads;
  const asked = reserved.map(({ subject }) => subject);
  const holders = kind === 'ticket' ? await assigneesOf(asked, session) : await ownersOf(asked, session);
  for (const { user, subject } of reserved) {
    if (holders.has(subject) && holders.get(subject) !== user) count(user, 1);
  }
  return loads;
}

/** Whose those of the tickets are that are still open. */
async function assigneesOf(ids: string[], session: ClientSession): Promise<Map<string, string | undefined>> {
  const filter = { _id: { $in: ids }, status: { $in: openStatuses } };
  const docs = await Tickets.find(filter, { assignee: 1 }, { session }).lean();
  return new Map(docs.map(({ _id, assignee }) => [_id, assignee]));
}

/** Whose those of the contacts and open deals are. */
async function ownersOf(ids: string[], session: ClientSession): Promise<Map<string, string | undefined>> {
  const contacts = await Contacts.find({ _id: { $in: ids } }, { owner: 1 }, { session }).lean();
  const deals = await Deals.find({ _id: { $in: ids }, status: 'open' }, { owner: 1 }, { session }).lean();
  return new Map([...contacts, ...deals].map(({ _id, owner }) => [_id, owner]));
}
