import type { Person } from '../../../engine/routing/person.ts';
import { calendarSchema } from '../../../engine/schema/calendar.ts';
import { type Routing, routingSchema } from '../../../engine/schema/routing.ts';

export const minute = 60_000;
export const hour = 60 * minute;

/** A Monday noon in Moscow. */
export const noon = Date.parse('2026-03-02T09:00:00Z');

export const office = calendarSchema.parse({
  kind: 'calendar',
  key: 'office',
  name: 'Office',
  timezone: 'Europe/Moscow',
  hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: '09:00', to: '18:00' }]])),
});

export const moment = { now: noon, calendars: { office } };

export function person(key: string, more: Partial<Person> = {}): Person {
  return { key, role: 'agent', active: true, skills: [], absences: [], load: 0, lastAssigned: 0, ...more };
}

export function routing(more: object = {}): Routing {
  const rules = [{ id: 'all', candidates: {} }];
  return routingSchema.parse({ kind: 'routing', key: 'support', name: 'Support', rules, ...more });
}
