import { newContact } from '../../delivery/intake/person.ts';
import { hash32 } from '../../engine/hash.ts';
import { dealJson } from '../../engine/model/deal.ts';
import type { EffectError } from '../../engine/model/event.ts';
import type { InstanceState } from '../../engine/model/state.ts';
import { ticketJson } from '../../engine/model/ticket.ts';
import { startInstance } from '../../engine/process/start.ts';
import { contactView } from '../../store/contacts.ts';
import type { Desk } from '../desk.ts';
import { deadlineOf, moveInstance, type Sight } from '../move.ts';
import type { Reducer } from './reducer.ts';

/** Instances of processes, and of parts of definitions that are made into one. */
export const processReducer: Reducer<InstanceState> = {
  start({ vars, ...entrant }, desk) {
    const process = desk.process(entrant.definition);
    return { ...startInstance({ ...entrant, process, now: desk.now, seed: hash32(entrant.id) }), vars };
  },
  move(state, arrivals, desk) {
    return moveInstance(desk.process(state.definition), state, arrivals, see(state, desk), desk.now);
  },
  deadline: deadlineOf,
};

function see(state: InstanceState, desk: Desk): Sight {
  const { subject, definition } = state;
  const { calendars, policy } = desk.company;
  const contact = desk.contact(subject);
  if (contact === undefined && desk.hasRead(subject)) return { ok: false, error: contactGone };
  // The others are assigned to it: to spread it would look at the contact.
  const context = {
    get contact() {
      if (contact === undefined) desk.miss(definition);
      return contact ?? nobody;
    },
    calendars,
    policy,
  };
  if (subject.kind === 'deal') {
    const deal = desk.deal(subject);
    return deal === undefined
      ? { ok: false, error: dealGone }
      : { ok: true, context: Object.assign(context, { deal: dealJson(deal) }) };
  }
  if (subject.kind === 'contact') return { ok: true, context };
  const ticket = desk.ticket(subject);
  if (ticket === undefined) return { ok: false, error: ticketGone };
  return { ok: true, context: Object.assign(context, { ticket: ticketJson(ticket) }) };
}

/** Seen in place of a contact that was not read: what is decided by it does not count. */
const nobody = contactView(newContact('', 0));

export const contactGone: EffectError = { code: 'CONTACT_NOT_FOUND', message: 'the contact is gone' };
const dealGone: EffectError = { code: 'DEAL_NOT_FOUND', message: 'the deal is gone' };
const ticketGone: EffectError = { code: 'TICKET_NOT_FOUND', message: 'the ticket is gone' };
