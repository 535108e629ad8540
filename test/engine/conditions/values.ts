import type { Values } from '../../../engine/conditions/evaluate.ts';
import type { Json } from '../../../engine/json.ts';
import type { ContactView } from '../../../engine/model/contact.ts';
import type { DomainEvent } from '../../../engine/model/event.ts';
import { ticketJson } from '../../../engine/model/ticket.ts';
import { calendarSchema } from '../../../engine/schema/calendar.ts';

export const now = Date.parse('2026-03-02T09:00:00Z');

export function contact(over: Partial<ContactView> = {}): ContactView {
  return {
    id: 'c1',
    email: 'anna@example.com',
    firstName: 'Anna',
    language: 'ru',
    timezone: 'Europe/Moscow',
    attributes: { city: 'Moscow', visits: 3, tags: ['vip', 'b2b'] },
    score: { fit: 20, engagement: 15, total: 35, class: 'warm' },
    segments: ['customers'],
    consent: { email: 'granted', sms: 'unknown' },
    suppressed: {},
    arms: {},
    createdAt: now - 40 * 86_400_000,
    ...over,
  };
}

/** A ticket as the context of an instance holds it. */
export const openTicket = ticketJson({
  id: 't1',
  number: 12,
  subject: 'The invoice is wrong',
  status: 'open',
  priority: 'high',
  channel: 'email',
  contactId: 'c1',
  topic: 'billing',
  assignee: 'anna',
  accepted: false,
  tags: ['vip'],
  reopened: 2,
  createdAt: now - 3 * 86_400_000,
});

export function event(data: Record<string, Json> = {}, over: Partial<DomainEvent> = {}): DomainEvent {
  return { id: 'e1', name: 'cart.abandoned', occurredAt: now, seq: 1, data, ...over };
}

export const office = calendarSchema.parse({
  kind: 'calendar',
  key: 'office',
  name: 'Office',
  timezone: 'Europe/Moscow',
  hours: { mon: [{ from: '09:00', to: '18:00' }] },
});

export function values(over: Partial<Values> = {}): Values {
  return { contact: contact(), now, calendars: { office }, ...over };
}
