import { z } from 'zod';
import type { DomainEvent } from '../model/event.ts';
import { type TicketView, ticketChannels, ticketPriorities, ticketStatuses } from '../model/ticket.ts';

const snapshot = z.object({
  id: z.string(),
  number: z.number(),
  subject: z.string(),
  status: z.enum(ticketStatuses),
  priority: z.enum(ticketPriorities),
  channel: z.enum(ticketChannels),
  contactId: z.string(),
  topic: z.string().optional(),
  team: z.string().optional(),
  assignee: z.string().optional(),
  accepted: z.boolean(),
  dealId: z.string().optional(),
  tags: z.array(z.string()),
  reopened: z.number(),
  createdAt: z.number(),
}) satisfies z.ZodType<TicketView>;

/** The ticket as a `ticket.*` event found it, or null for an event that tells of none. */
export function ticketOf({ name, data }: DomainEvent): TicketView | null {
  if (!name.startsWith('ticket.')) return null;
  const parsed = snapshot.safeParse(data.ticket);
  return parsed.success ? parsed.data : null;
}
