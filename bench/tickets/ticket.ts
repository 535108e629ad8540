import type { ClockState } from '../../engine/model/clock.ts';
import { type TicketView, ticketJson } from '../../engine/model/ticket.ts';
import { calendarSchema } from '../../engine/schema/calendar.ts';
import { slaSchema } from '../../engine/schema/index.ts';
import { ghostContact } from '../../engine/simulate/contact.ts';
import { advanceClock } from '../../engine/sla/advance.ts';
import type { ClockContext } from '../../engine/sla/context.ts';
import { startClocks } from '../../engine/sla/start.ts';
import { newId } from '../../store/id.ts';
import type { Sleeper } from '../frame/sleeping.ts';

const week = ['mon', 'tue', 'wed', 'thu', 'fri'];
/** Office hours with a break and holidays. */
export const office = calendarSchema.parse({
  kind: 'calendar',
  key: 'bench-office',
  name: 'Office hours',
  timezone: 'Europe/Moscow',
  hours: Object.fromEntries(
    week.map((one) => [
      one,
      [
        { from: '09:00', to: '13:00' },
        { from: '14:00', to: '18:00' },
      ],
    ]),
  ),
  holidays: ['01-01', '01-07', '02-23', '03-08', '05-01', '05-09', '06-12', '11-04'].map((date) => ({
    date,
    name: date,
  })),
});
export const policy = slaSchema.parse({
  kind: 'sla',
  key: 'bench-policy',
  name: 'Standard',
  order: 1,
  calendar: office.key,
  targets: { 'first-response': { normal: 'PT4H' }, resolution: { normal: 'P3D' } },
});
const pin = { version: 1, hash: 'bench' };
/** Beginning of the year in which tickets come. */
export const begin = Date.parse('2026-01-01T00:00:00Z');
const context: ClockContext = {
  contact: ghostContact({}, begin).contact,
  policies: [{ ref: { key: policy.key, ...pin }, sla: policy }],
  calendars: { [office.key]: { ref: { key: office.key, ...pin }, calendar: office } },
  pinned: () => office,
};

/** The clocks of a ticket that has just come. */
export function begun(createdAt: number): { state: ClockState; deadline: number | null } {
  const id = newId();
  const ticket: TicketView = {
    id,
    number: 1,
    subject: 'The order has not come',
    status: 'new',
    priority: 'normal',
    channel: 'email',
    contactId: id,
    accepted: false,
    tags: [],
    reopened: 0,
    createdAt,
  };
  const data = { ticket: ticketJson(ticket), by: 'customer' };
  const trigger = { id: newId(), name: 'ticket.created', occurredAt: createdAt, seq: 1, data };
  const state = startClocks({ id: newId(), ticket, trigger, now: createdAt });
  return advanceClock(state, { type: 'started', at: createdAt }, context, createdAt);
}

/** A ticket of now, as its cohort remembers it. */
export function waiting(): Sleeper {
  const { state, deadline } = begun(Date.now());
  return { state, wake: deadline };
}
