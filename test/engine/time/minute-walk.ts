import type { Calendar, Shift } from '../../../engine/schema/calendar.ts';
import { weekday } from '../../../engine/schema/common.ts';

/** A minute of the real world, and what the wall clock shows in it. */
interface Minute {
  date: string;
  dayBefore: string;
  minuteOfDay: number;
}

/** The minutes of a few days in one zone, read from Intl one by one. */
export interface Window {
  zone: string;
  from: number;
  minutes: Minute[];
}

export function readWindow(zone: string, middle: string, days: number): Window {
  const from = Date.parse(middle) - (days / 2) * 86_400_000;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const minutes = Array.from({ length: days * 1440 }, (_, index) => {
    const [, day, month, year, hour, minute] =
      /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+)$/.exec(format.format(from + index * 60_000)) ?? [];
    const date = `${year}-${month}-${day}`;
    const dayBefore = new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
    return { date, dayBefore, minuteOfDay: Number(hour) * 60 + Number(minute) };
  });
  return { zone, from, minutes };
}

/** Business time told the slow way: look at every minute's wall clock and ask whether a shift covers it. */
export class MinuteWalk {
  readonly open: boolean[];
  readonly #from: number;

  constructor(calendar: Calendar, window: Window) {
    this.#from = window.from;
    const shifts = new Map<string, readonly Shift[]>();
    for (const { date, dayBefore } of window.minutes) {
      for (const day of [date, dayBefore]) if (!shifts.has(day)) shifts.set(day, shiftsOf(calendar, day));
    }
    this.open = window.minutes.map(
      ({ date, dayBefore, minuteOfDay }) =>
        (shifts.get(date) ?? []).some((shift) => coversToday(shift, minuteOfDay)) ||
        (shifts.get(dayBefore) ?? []).some((shift) => coversTomorrow(shift, minuteOfDay)),
    );
  }

  at(index: number): number {
    return this.#from + index * 60_000;
  }

  /** The instant by which so many open minutes have passed, unless the window ends before. */
  add(index: number, minutes: number): number | undefined {
    let left = minutes;
    for (let i = index; i < this.open.length; i++) {
      if (left === 0) return this.at(i);
      if (this.open[i]) left--;
    }
    return undefined;
  }

  between(from: number, to: number): number {
    return this.open.slice(from, to).filter((open) => open).length;
  }

  nextOpening(index: number): number | undefined {
    const found = this.open.indexOf(true, index);
    return found === -1 ? undefined : this.at(found);
  }

  previousClosing(index: number): number | undefined {
    if (this.open[index]) return this.at(index);
    const found = this.open.lastIndexOf(true, index);
    return found === -1 ? undefined : this.at(found + 1);
  }
}

function shiftsOf(calendar: Calendar, date: string): readonly Shift[] {
  const special = calendar.special.find((day) => day.date === date);
  if (special !== undefined) return special.hours;
  if (calendar.holidays.some((holiday) => date.endsWith(holiday.date))) return [];
  const name = weekday.options[(new Date(date).getUTCDay() + 6) % 7];
  return (name !== undefined && calendar.hours[name]) || [];
}

function coversToday({ from, to }: Shift, minute: number): boolean {
  return minute >= clock(from) && (minute < clock(to) || clock(to) <= clock(from));
}

function coversTomorrow({ from, to }: Shift, minute: number): boolean {
  return clock(to) <= clock(from) && minute < clock(to);
}

function clock(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
