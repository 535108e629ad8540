const units = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "3 hours ago", "in 2 days". Under a minute: "now". */
export function relativeTime(at: number, now: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const apart = at - now;
  for (const [unit, length] of units) {
    if (Math.abs(apart) >= length) return format.format(Math.trunc(apart / length), unit);
  }
  return format.format(0, 'second');
}

/** How long, in its largest unit: "3 days", "5 hr"; under a minute "0 min". */
export function spanText(span: number, language: string): string {
  const [unit, length] = units.find(([, length]) => span >= length) ?? (['minute', 60_000] as const);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(
    Math.floor(Math.max(span, 0) / length),
  );
}

/** Date and time to the second in the reader's zone, with the zone. */
export function exactTime(at: Date, language: string): string {
  return new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(at);
}

export function clockTime(at: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(at);
}

/** "Sunday, 22 November 2026". */
export function dayName(at: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }).format(
    at,
  );
}

const dateUnits: Record<string, string> = { Y: 'year', M: 'month', W: 'week', D: 'day' };
const timeUnits: Record<string, string> = { H: 'hour', M: 'minute', S: 'second' };

/** An ISO 8601 duration in words ("P1DT2H" → "1 day 2 hours"); any other text as it is. */
export function durationText(text: string, language: string): string {
  const match = /^([+-])?P(?=.)([^T]*)(?:T(.+))?$/.exec(text);
  if (!match) return text;
  const [, sign = '', date = '', time = ''] = match;
  const words = [...pieces(date, dateUnits, language), ...pieces(time, timeUnits, language)];
  return words.length === 0 ? text : `${sign === '-' ? '−' : sign}${words.join(' ')}`;
}

function pieces(text: string, names: Record<string, string>, language: string): string[] {
  return [...text.matchAll(/(\d+)([A-Z])/g)].flatMap(([, count, letter = '']) => {
    const unit = names[letter];
    return unit === undefined
      ? []
      : [new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(Number(count))];
  });
}
