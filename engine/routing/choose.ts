import type { JsonObject } from '../json.ts';
import type { Calendar } from '../schema/calendar.ts';
import { absenceAt, inTurn, isWorking, type Person, type Strategy } from './person.ts';

/**
 * What became of somebody who was looked at: `chosen`; `stands-in`: chosen for somebody away; `fits`, but another's turn
 * is first; `kept`: had it already; or the first thing that speaks against them.
 */
export type Verdict =
  | 'chosen'
  | 'stands-in'
  | 'fits'
  | 'kept'
  | 'unknown'
  | 'inactive'
  | 'absent'
  | 'other-role'
  | 'other-team'
  | 'unskilled'
  | 'tried'
  | 'off-hours'
  | 'full';

/** One line of the answer to "why did Anna get it?". Types, not interfaces: they are kept as JSON. */
export type Considered = {
  user: string;
  verdict: Verdict;
  /** What was read of them for it, e.g. `open` and `bound`; `until` is epoch ms. */
  why: JsonObject;
};

export type Choice = {
  /** Null: nobody fits. */
  user: string | null;
  /** Whom was looked at, the chosen one first, then those who fit in their order; at most `shown` of them. */
  considered: Considered[];
};

/** So many people are named in an answer; the chosen one always is. */
export const shown = 20;

/** Whom a choice is made from; what is given must all hold. */
export interface Wanted {
  users?: readonly string[] | undefined;
  role?: string | undefined;
  team?: string | undefined;
  skills?: readonly string[] | undefined;
  strategy: Strategy;
  /** Nobody gets more than this many. */
  capacity?: number | undefined;
  /** Whether the person's own bound counts as well. */
  ownCapacity: boolean;
  /** `working`: only within their hours. */
  presence: 'working' | 'any';
  /** Who was asked before and is passed over. */
  tried: readonly string[];
}

export interface Moment {
  /** Epoch ms. */
  now: number;
  calendars: Record<string, Calendar>;
}

/** Chooses one of the people. Pure and deterministic: the order in which they are given does not matter. */
export function choose(wanted: Wanted, people: readonly Person[], moment: Moment): Choice {
  const fitting: Person[] = [];
  const passed: Considered[] = [];
  for (const person of named(wanted, people)) {
    const against = objection(person, wanted, moment);
    if (against === null) fitting.push(person);
    else passed.push({ user: person.key, ...against });
  }
  const known = new Set(people.map(({ key }) => key));
  for (const user of wanted.users ?? []) {
    if (!known.has(user)) passed.push({ user, verdict: 'unknown', why: {} });
  }
  fitting.sort(inTurn(wanted.strategy));
  passed.sort((a, b) => (a.user < b.user ? -1 : 1));
  const fits = fitting.map(
    (person, index): Considered => ({
      user: person.key,
      verdict: index === 0 ? 'chosen' : 'fits',
      why: { open: person.load, lastAssigned: person.lastAssigned },
    }),
  );
  return { user: fitting[0]?.key ?? null, considered: [...fits, ...passed].slice(0, shown) };
}

/** Those whom the choice is about at all; people of other roles are not worth a line. */
function named({ users, role, team }: Wanted, people: readonly Person[]): Person[] {
  if (users !== undefined) return people.filter(({ key }) => users.includes(key));
  if (role !== undefined) return people.filter((person) => person.role === role);
  return people.filter((person) => team === undefined || person.team === team);
}

/** The first thing that speaks against somebody, or null. */
function objection(person: Person, wanted: Wanted, { now, calendars }: Moment): Omit<Considered, 'user'> | null {
  const { role, team, skills = [], presence, tried } = wanted;
  if (!person.active) return { verdict: 'inactive', why: {} };
  if (role !== undefined && person.role !== role) return { verdict: 'other-role', why: { role: person.role } };
  if (team !== undefined && person.team !== team) return { verdict: 'other-team', why: { team: person.team ?? null } };
  const lacks = skills.filter((skill) => !person.skills.includes(skill));
  if (lacks.length > 0) return { verdict: 'unskilled', why: { lacks } };
  const absence = absenceAt(person, now);
  if (absence !== undefined) return { verdict: 'absent', why: { until: absence.until } };
  if (tried.includes(person.key)) return { verdict: 'tried', why: {} };
  if (presence === 'working' && !isWorking(person, now, calendars)) {
    return { verdict: 'off-hours', why: { calendar: person.calendar ?? null } };
  }
  const bound = boundOf(person, wanted);
  return person.load >= bound ? { verdict: 'full', why: { open: person.load, bound } } : null;
}

function boundOf(person: Person, { capacity, ownCapacity }: Wanted): number {
  const own = ownCapacity ? person.capacity : undefined;
  return Math.min(capacity ?? Number.POSITIVE_INFINITY, own ?? Number.POSITIVE_INFINITY);
}
