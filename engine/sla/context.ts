import type { ContactView } from '../model/contact.ts';
import type { DefinitionRef } from '../model/state.ts';
import type { Calendar } from '../schema/calendar.ts';
import type { Sla } from '../schema/index.ts';

/** A published policy. */
export interface LivePolicy {
  ref: DefinitionRef;
  sla: Sla;
}

/** A published calendar. */
export interface LiveCalendar {
  ref: DefinitionRef;
  calendar: Calendar;
}

/** The version of a calendar that a clock was given, by its hash. Published versions are never lost. */
export type PinnedCalendar = (hash: string) => Calendar | undefined;

/** The data that a decision about clocks reads, already loaded. */
export interface ClockContext {
  contact: ContactView;
  /** All live policies, in any order. */
  policies: readonly LivePolicy[];
  /** All live calendars by key. */
  calendars: Readonly<Record<string, LiveCalendar>>;
  pinned: PinnedCalendar;
}
