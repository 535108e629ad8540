import type { JsonObject } from '../../engine/json.ts';
import type { DealView } from '../../engine/model/deal.ts';
import type { SubjectRef } from '../../engine/model/state.ts';
import { type TicketView, ticketJson } from '../../engine/model/ticket.ts';
import { dealsById, dealView } from '../../store/deals.ts';
import { ticketViews } from '../../store/tickets.ts';

interface Told {
  key: string;
  item: { subject: SubjectRef; data: JsonObject };
}

/** The tickets that effects are about, by the id they name: a merged one is answered by its survivor. */
export async function ticketsOf(
  effects: readonly { item: { subject: SubjectRef } }[],
): Promise<Map<string, TicketView>> {
  const ids = effects.flatMap(({ item: { subject } }) => (subject.kind === 'ticket' ? subject.id : []));
  return ids.length === 0 ? new Map() : await ticketViews(ids);
}

/** The deals that effects are about, by their ids. */
export async function dealsOf(effects: readonly { item: { subject: SubjectRef } }[]): Promise<Map<string, DealView>> {
  const ids = effects.flatMap(({ item: { subject } }) => (subject.kind === 'deal' ? subject.id : []));
  return new Map((await dealsById([...new Set(ids)])).map((doc) => [doc._id, dealView(doc)]));
}

/** Data of events by effect key: those about a ticket carry it, as it is now where the instance did not say. */
export async function withTicket(effects: readonly Told[]): Promise<Map<string, JsonObject>> {
  const tickets = await ticketsOf(effects.filter(({ item }) => item.data.ticket === undefined));
  return new Map(
    effects.map(({ key, item: { subject, data } }) => {
      const ticket = tickets.get(subject.id);
      return [key, ticket === undefined ? data : { ticket: ticketJson(ticket), ...data }];
    }),
  );
}
