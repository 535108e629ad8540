import { calendarSchema } from '../../schema/calendar.ts';
import { schemaProblems } from '../issues.ts';
import { mistake, type Problem } from '../problem.ts';

export function calendarProblems(json: Readonly<Record<string, unknown>>): Problem[] {
  const parsed = calendarSchema.safeParse(json);
  if (!parsed.success) return schemaProblems(calendarSchema, json);
  const { hours, special } = parsed.data;
  const opens = [...Object.values(hours), ...special.map((day) => day.hours)].some((shifts) => shifts.length > 0);
  if (opens) return [];
  return [
    mistake(
      ['hours'],
      'never-open',
      'no day has a shift: give at least one, such as "mon": [{ "from": "09:00", "to": "18:00" }]',
    ),
  ];
}
