import { z } from 'zod';
import { changeOf, type FieldChange } from '../changes.ts';
import type { Json, JsonObject } from '../json.ts';
import { type TicketView, ticketChannels, ticketJson, ticketPriorities, ticketStatuses } from '../model/ticket.ts';

/** What a scenario may say of its ticket; the rest is as for one that has just come by mail. */
const ghost = z.strictObject({
  id: z.string().default('ticket'),
  number: z.int().min(1).default(1),
  subject: z.string().default('A question'),
  status: z.enum(ticketStatuses).default('new'),
  priority: z.enum(ticketPriorities).default('normal'),
  channel: z.enum(ticketChannels).default('email'),
  topic: z.string().optional(),
  team: z.string().optional(),
  assignee: z.string().optional(),
  accepted: z.boolean().default(false),
  dealId: z.string().optional(),
  tags: z.array(z.string()).default([]),
  reopened: z.int().min(0).default(0),
});

/** The ticket of a scenario, and what is wrong with its description: then it is any. */
export function ghostTicket(
  given: JsonObject,
  contactId: string,
  createdAt: number,
): { ticket: TicketView; problems: string[] } {
  const parsed = ghost.safeParse(given);
  const ticket = { ...(parsed.data ?? ghost.parse({})), contactId, createdAt };
  const problems = parsed.error?.issues.map(({ path, message }) => `given.ticket.${path.join('.')}: ${message}`);
  return { ticket, problems: problems ?? [] };
}

/** Sets fields of a ticket; null clears. Changes are those of a `ticket.changed` event. */
export function setTicketFields(
  ticket: TicketView,
  set: Record<string, Json>,
): { ticket: TicketView; changes: FieldChange[]; problems: string[] } {
  const { contactId, createdAt, ...fields } = ticket;
  const before = ticketJson(ticket);
  const wanted = Object.entries({ ...fields, ...set }).filter(([, value]) => value !== null);
  const parsed = ghost.safeParse(Object.fromEntries(wanted));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `ticket.${path.join('.')}: ${message}`);
    return { ticket, changes: [], problems };
  }
  const changes = Object.entries(set).flatMap(([field, to]) => changeOf(field, before[field], to));
  return { ticket: { ...parsed.data, contactId, createdAt }, changes, problems: [] };
}
