import type { ClientSession } from 'mongoose';
import { ticketStatuses } from '../engine/model/ticket.ts';
import { Contacts } from './models/contact.ts';
import { Deals } from './models/deal.ts';
import { Tasks } from './models/task.ts';
import { Tickets } from './models/ticket.ts';

/** Statuses in which somebody still has work with a ticket. */
export const openStatuses = ticketStatuses.filter((status) => status !== 'resolved' && status !== 'closed');

type Counts = Map<string, number>;

interface Count {
  _id: string;
  count: number;
}

const count = { $sum: 1 };

/** Open tickets by assignee; who has none is absent. */
export async function openTickets(users: readonly string[], session?: ClientSession): Promise<Counts> {
  const match = { status: { $in: openStatuses }, assignee: { $in: [...users] } };
  const pipeline = [{ $match: match }, { $group: { _id: '$assignee', count } }];
  return byUser(await Tickets.aggregate<Count>(pipeline, optional(session)));
}

/** Open tasks by assignee; who has none is absent. */
export async function openTasks(users: readonly string[], session?: ClientSession): Promise<Counts> {
  const match = { assignee: { $in: [...users] }, status: 'open' };
  const pipeline = [{ $match: match }, { $group: { _id: '$assignee', count } }];
  return byUser(await Tasks.aggregate<Count>(pipeline, optional(session)));
}

/** Contacts by owner; who has none is absent. */
export async function ownedContacts(users: readonly string[], session?: ClientSession): Promise<Counts> {
  const pipeline = [{ $match: { owner: { $in: [...users] } } }, { $group: { _id: '$owner', count } }];
  return byUser(await Contacts.aggregate<Count>(pipeline, optional(session)));
}

/** Open deals by owner; who has none is absent. */
export async function ownedDeals(users: readonly string[], session?: ClientSession): Promise<Counts> {
  const match = { status: 'open', owner: { $in: [...users] } };
  const pipeline = [{ $match: match }, { $group: { _id: '$owner', count } }];
  return byUser(await Deals.aggregate<Count>(pipeline, optional(session)));
}

function byUser(counts: readonly Count[]): Counts {
  return new Map(counts.map((one) => [one._id, one.count]));
}

function optional(session: ClientSession | undefined): { session?: ClientSession } {
  return session === undefined ? {} : { session };
}
