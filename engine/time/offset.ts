/** One day of 24 hours, in milliseconds. */
export const dayMs = 86_400_000;

/** Instants from `from` up to, not including, `to` at which the zone's local time is UTC plus `offset`; all milliseconds. */
interface Span {
  from: number;
  to: number;
  offset: number;
}

/** A day's spans: two on the day of a change of the clock. */
type DaySpans = readonly [Span, Span?];

interface ZoneRules {
  format: Intl.DateTimeFormat;
  days: Map<number, DaySpans>;
}

const zones = new Map<string, ZoneRules>();

/**
 * Local time minus UTC at an instant, in milliseconds.
 * @throws RangeError for a zone that the runtime does not know.
 */
export function offsetAt(at: number, zone: string): number {
  const [first, second] = spansOfDay(Math.floor(at / dayMs), zone);
  return second === undefined || at < first.to ? first.offset : second.offset;
}

/**
 * The spans of one UTC day, given as days since 1970-01-01. They are kept, because
 * asking the zone database costs a microsecond or more, and a simulation asks for the same days again and again.
 */
export function spansOfDay(day: number, zone: string): DaySpans {
  let rules = zones.get(zone);
  if (rules === undefined) {
    rules = {
      format: new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }),
      days: new Map(),
    };
    zones.set(zone, rules);
  }
  let spans = rules.days.get(day);
  if (spans === undefined) {
    spans = findSpans(rules.format, day * dayMs, (day + 1) * dayMs);
    rules.days.set(day, spans);
  }
  return spans;
}

function findSpans(format: Intl.DateTimeFormat, from: number, to: number): DaySpans {
  const before = readOffset(format, from);
  const after = readOffset(format, to - 1);
  if (before === after) return [{ from, to, offset: before }];
  let low = from;
  let high = to;
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (readOffset(format, middle) === before) low = middle;
    else high = middle;
  }
  return [
    { from, to: high, offset: before },
    { from: high, to, offset: after },
  ];
}

/** Reads `GMT`, `GMT+03:00` or, before zones were standardised, `GMT-00:44:30`. */
function readOffset(format: Intl.DateTimeFormat, at: number): number {
  const [, sign, hours = '0', minutes = '0', seconds = '0'] =
    /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(format.format(at)) ?? [];
  const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -size : size;
}
