import { type Calendar, calendarSchema } from '../../../engine/schema/calendar.ts';

/** A calendar of the given rules, as it is after parsing a file. */
export function calendar(rules: Partial<Pick<Calendar, 'timezone' | 'hours' | 'holidays' | 'special'>>): Calendar {
  return calendarSchema.parse({
    kind: 'calendar',
    key: 'office',
    name: 'Office',
    timezone: 'UTC',
    hours: {},
    ...rules,
  });
}

export const nineToSix = [{ from: '09:00', to: '18:00' }];

/** Monday to Friday, nine to six. */
export const office = { mon: nineToSix, tue: nineToSix, wed: nineToSix, thu: nineToSix, fri: nineToSix };

export const hour = 3_600_000;
export const minute = 60_000;

/** `null` stays `null`. */
export function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().replace('.000Z', 'Z');
}
