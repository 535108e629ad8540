/** Instants that people put things off to, in the zone of their browser. Epoch ms. */

const hour = 3_600_000;
/** When a morning's work begins. */
const morning = 9;

export function inAnHour(now: number): number {
  return wholeMinute(now + hour);
}

export function tomorrowMorning(now: number): number {
  return morningIn(now, 1);
}

/** The next Monday that is not today. */
export function mondayMorning(now: number): number {
  const weekday = new Date(now).getDay();
  return morningIn(now, ((8 - weekday) % 7) + (weekday === 1 ? 7 : 0));
}

function morningIn(now: number, days: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, morning).getTime();
}

function wholeMinute(at: number): number {
  return Math.floor(at / 60_000) * 60_000;
}

/** What a field of type `datetime-local` holds: `2026-11-22T14:30`. */
export function fieldText(at: number): string {
  const local = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = [local.getFullYear(), two(local.getMonth() + 1), two(local.getDate())].join('-');
  return `${date}T${two(local.getHours())}:${two(local.getMinutes())}`;
}

/** @returns epoch ms; undefined while the field is empty or written in part */
export function fieldInstant(text: string): number | undefined {
  const at = text === '' ? Number.NaN : new Date(text).getTime();
  return Number.isNaN(at) ? undefined : at;
}

export type Greeting = 'morning' | 'afternoon' | 'evening';

export function greetingAt(now: number): Greeting {
  const hours = new Date(now).getHours();
  return hours >= 5 && hours < 12 ? 'morning' : hours >= 12 && hours < 18 ? 'afternoon' : 'evening';
}

/** How many midnights lie between; negative: it is over. */
export function daysApart(at: number, now: number): number {
  const day = (instant: number) => {
    const local = new Date(instant);
    return Date.UTC(local.getFullYear(), local.getMonth(), local.getDate());
  };
  return (day(at) - day(now)) / 86_400_000;
}
