import { calendarSchema } from '../../schema/calendar.ts';
import { icalDays } from '../../time/ical.ts';
import { schemaProblems } from '../issues.ts';
import { mistake, type Problem, warning } from '../problem.ts';

export function calendarProblems(json: Readonly<Record<string, unknown>>): Problem[] {
  const parsed = calendarSchema.safeParse(json);
  if (!parsed.success) return schemaProblems(calendarSchema, json);
  const { hours, special, ical } = parsed.data;
  const problems = ical === undefined ? [] : icalProblems(ical);
  const opens = [...Object.values(hours), ...special.map((day) => day.hours)].some((shifts) => shifts.length > 0);
  if (opens) return problems;
  return [
    ...problems,
    mistake(
      ['hours'],
      'never-open',
      'no day has a shift: give at least one, such as "mon": [{ "from": "09:00", "to": "18:00" }]',
    ),
  ];
}

function icalProblems(text: string): Problem[] {
  try {
    const { days, passedOver } = icalDays(text);
    if (passedOver.length > 0) {
      const some = passedOver.slice(0, 3).join('; ');
      return [warning(['ical'], 'wrong-value', `only all-day events close a day; passed over: ${some}`)];
    }
    return days.length > 0 ? [] : [warning(['ical'], 'wrong-value', 'there is no event in it, so it closes no day')];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [mistake(['ical'], 'wrong-value', error.message)];
  }
}
