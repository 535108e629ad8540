import { z } from 'zod';
import { head, localDate, localTime, weekday, zone } from './common.ts';

/** A shift in local wall time; `to` at or before `from` runs past midnight into the next day; `24:00` is the day's end. */
const shift = z.strictObject({ from: localTime, to: z.union([localTime, z.literal('24:00')]) });

/** `MM-DD` of a day that there is, at least in leap years. */
const everyYear = /^((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|[12]\d))$/;

/** Open hours of a company or a team. A shift belongs to the day on which it starts. */
export const calendarSchema = z.strictObject({
  ...head,
  kind: z.literal('calendar'),
  timezone: zone,
  hours: z.partialRecord(weekday, z.array(shift)),
  holidays: z
    .array(
      z.strictObject({
        date: z.union([
          localDate,
          z.string().regex(everyYear, 'write "2027-01-01", or "01-01" for every year, and a day that the month has'),
        ]),
        name: z.string().optional(),
      }),
    )
    .default([])
    .describe('Closed days: the shifts that start on them do not take place. `yearly` dates are `MM-DD`.'),
  ical: z
    .string()
    .max(500_000)
    .optional()
    .describe('iCalendar text (RFC 5545): the days that its all-day events cover are holidays too.'),
  special: z
    .array(z.strictObject({ date: localDate, hours: z.array(shift), name: z.string().optional() }))
    .default([])
    .describe("Days with shifts of their own, which replace the weekday's and win over a holiday."),
});

export type Calendar = z.infer<typeof calendarSchema>;
export type Shift = z.infer<typeof shift>;
