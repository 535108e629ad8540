import type { Clock } from '../model/clock.ts';
import type { DefinitionRef } from '../model/state.ts';
import { type SlaTarget, slaTargets } from '../schema/sla.ts';
import { bank, isOpen, schedule } from './clock.ts';
import type { LivePolicy } from './context.ts';
import { type ClockDraft, enter, note, versionName } from './draft.ts';
import { announce } from './effects.ts';
import { goalOf, matchPolicy, pointsOf } from './policy.ts';

/** What is promised of a target now. */
interface Promised {
  goal: number;
  policy: LivePolicy;
  calendar?: DefinitionRef;
}

/** Looks at everything anew: which policy holds, what it promises, what is owed still, and what stands. */
export function review(draft: ClockDraft, why: string): void {
  const { state, context } = draft;
  const policy = matchPolicy(context, state.ticket, draft.now, (key, failed) =>
    note(draft, 'skipped', { policy: key, ...failed }),
  );
  if (policy === undefined) delete state.policy;
  else state.policy = policy.ref;
  const isSound = policy === undefined || hasCalendar(draft, policy);
  for (const target of slaTargets) {
    const clock = state.clocks.findLast((one) => one.target === target);
    if (isOwed(draft, target)) {
      if (isSound) owe(draft, target, clock, promised(draft, target, policy), why);
    } else if (clock !== undefined) settle(draft, clock, why);
  }
}

/** Without its calendar nobody can say what a policy promises: everything stays as it is, and somebody must look. */
function hasCalendar(draft: ClockDraft, { ref, sla }: LivePolicy): boolean {
  const { state, context } = draft;
  if (sla.calendar === undefined || context.calendars[sla.calendar] !== undefined) return true;
  const key = `${state.id}/calendar:${sla.calendar}`;
  if (state.incidents.some((incident) => incident.key === key)) return false;
  const message = `Policy "${ref.key}" names the calendar "${sla.calendar}", which is not published; publish it, then retry.`;
  state.incidents.push({ code: 'CALENDAR_NOT_FOUND', message, at: state.at, key });
  note(draft, 'incident', { code: 'CALENDAR_NOT_FOUND', message, key });
  return false;
}

/** Whether the thing that a target promises is still to be done. */
function isOwed({ state }: ClockDraft, target: SlaTarget): boolean {
  if (target === 'first-response') return !state.answered;
  if (target === 'next-response') return state.unansweredSince !== null;
  return !isDone(state.ticket.status);
}

function isDone(status: string): boolean {
  return status === 'resolved' || status === 'closed';
}

function promised({ state, context }: ClockDraft, target: SlaTarget, policy?: LivePolicy): Promised | null {
  const goal = policy && goalOf(policy.sla, target, state.ticket);
  if (policy === undefined || goal === undefined) return null;
  const key = policy.sla.calendar;
  const calendar = key === undefined ? undefined : context.calendars[key]?.ref;
  return { goal, policy, ...(calendar !== undefined && { calendar }) };
}

/** The thing was done: the promise is over, in time or late. */
function settle(draft: ClockDraft, clock: Clock, why: string): void {
  delete clock.lapsed;
  if (!isOpen(clock)) return;
  stop(draft, clock, 'met');
  clock.met += 1;
  enter(draft, clock, 'met', why);
  announce(draft, clock, 'sla.met', `met/${clock.met}`, { late: clock.breachedAt !== undefined });
}

/** The promise falls away without having been kept. */
export function drop(draft: ClockDraft, clock: Clock, why: string): void {
  stop(draft, clock, 'cancelled');
  enter(draft, clock, 'cancelled', why);
}

/** Nothing is promised any more, though the thing is still owed: whatever goes on because of the promise must hear of it. */
function lapse(draft: ClockDraft, clock: Clock, why: string): void {
  clock.lapsed = true;
  clock.lapses = (clock.lapses ?? 0) + 1;
  drop(draft, clock, `${why}: no target`);
  announce(draft, clock, 'sla.cancelled', `cancelled/${clock.lapses}`);
}

function stop({ state, context }: ClockDraft, clock: Clock, status: 'met' | 'cancelled'): void {
  bank(clock, state.at, context.pinned);
  Object.assign(clock, { status, since: null, stoppedAt: state.at, points: [] });
  schedule(clock, context.pinned);
}

function owe(draft: ClockDraft, target: SlaTarget, clock: Clock | undefined, promise: Promised | null, why: string) {
  const { state } = draft;
  const closed = state.ticket.status === 'closed';
  if (promise === null || closed) {
    if (clock === undefined || !isOpen(clock)) return;
    if (closed) drop(draft, clock, why);
    else lapse(draft, clock, why);
    return;
  }
  if (clock !== undefined && isOpen(clock)) {
    recalculate(draft, clock, promise);
    stand(draft, clock, promise);
  } else if (clock !== undefined && goesOn(clock, target, promise)) {
    Object.assign(clock, { status: 'running', since: state.at });
    delete clock.stoppedAt;
    delete clock.lapsed;
    apply(draft, clock, promise);
    enter(draft, clock, 'resumed', why);
    stand(draft, clock, promise);
  } else if (clock === undefined || target !== 'first-response') {
    begin(draft, target, (clock?.n ?? 0) + 1, promise, why);
  }
}

/** A promise that had only lapsed is taken up again; a reopened ticket goes on with its clock where the policy says so. */
function goesOn(clock: Clock, target: SlaTarget, { policy }: Promised): boolean {
  return clock.lapsed === true || (target === 'resolution' && policy.sla.reopening === 'continue');
}

function begin(draft: ClockDraft, target: SlaTarget, n: number, promise: Promised, why: string): void {
  const { at, ticket } = draft.state;
  const clock: Clock = {
    target,
    n,
    status: 'running',
    startedAt: at,
    policy: promise.policy.ref,
    priority: ticket.priority,
    goal: promise.goal,
    consumed: 0,
    since: at,
    due: null,
    points: [],
    wake: null,
    fired: {},
    met: 0,
  };
  draft.state.clocks.push(clock);
  apply(draft, clock, promise);
  enter(draft, clock, 'started', why);
  stand(draft, clock, promise);
}

/** Puts a clock under what is promised now. What had passed before stays, as the earlier calendar counted it. */
function apply({ state, context }: ClockDraft, clock: Clock, { goal, policy, calendar }: Promised): void {
  bank(clock, state.at, context.pinned);
  Object.assign(clock, { policy: policy.ref, priority: state.ticket.priority, goal });
  if (calendar === undefined) delete clock.calendar;
  else clock.calendar = calendar;
  clock.points = pointsOf(policy.sla, clock.target, goal);
  schedule(clock, context.pinned);
}

function recalculate(draft: ClockDraft, clock: Clock, promise: Promised): void {
  const { ticket } = draft.state;
  const changes: string[] = [];
  if (clock.policy.hash !== promise.policy.ref.hash) changes.push(`policy ${versionName(promise.policy.ref)}`);
  if (clock.priority !== ticket.priority) changes.push(`priority ${ticket.priority}`);
  if (clock.calendar?.hash !== promise.calendar?.hash) {
    changes.push(promise.calendar === undefined ? 'every minute counts' : `calendar ${versionName(promise.calendar)}`);
  }
  if (changes.length === 0) return;
  apply(draft, clock, promise);
  if (clock.breachedAt !== undefined && clock.consumed < clock.goal) changes.push('stays breached');
  enter(draft, clock, 'recalculated', changes.join(', '));
}

/** Lets a clock stand or run as the ticket's status asks: answers are due until the ticket is resolved. */
function stand(draft: ClockDraft, clock: Clock, { policy }: Promised): void {
  const { state, context } = draft;
  const { status } = state.ticket;
  const stands = clock.target === 'resolution' ? policy.sla.pausing.includes(status) : status === 'resolved';
  if (stands === (clock.status === 'paused')) return;
  bank(clock, state.at, context.pinned);
  Object.assign(clock, stands ? { status: 'paused', since: null } : { status: 'running', since: state.at });
  schedule(clock, context.pinned);
  enter(draft, clock, stands ? 'paused' : 'resumed', `status ${status}`);
}
