import { type FailedCondition, holdsOrTell } from '../conditions/evaluate.ts';
import type { ClockPoint } from '../model/clock.ts';
import { type TicketView, ticketJson } from '../model/ticket.ts';
import type { Sla } from '../schema/index.ts';
import type { SlaTarget } from '../schema/sla.ts';
import { durationMs } from '../time/duration.ts';
import type { ClockContext, LivePolicy } from './context.ts';

export type TellPolicy = (policy: string, failed: FailedCondition) => void;

/**
 * The policy that holds for a ticket: of those whose condition is true the one with the smallest `order`, then the first by key.
 * A condition that cannot be answered counts as no, and is told.
 * @param now epoch ms: `now` in conditions.
 */
export function matchPolicy(
  { contact, policies, calendars }: Pick<ClockContext, 'contact' | 'policies' | 'calendars'>,
  ticket: TicketView,
  now: number,
  tell: TellPolicy = () => {},
): LivePolicy | undefined {
  const hours = Object.fromEntries(Object.entries(calendars).map(([key, { calendar }]) => [key, calendar]));
  const values = { contact, ticket: ticketJson(ticket), now, calendars: hours };
  return policies
    .toSorted((a, b) => byOrder(a.sla, b.sla))
    .find(({ ref, sla }) => sla.when === undefined || holdsOrTell(sla.when, values, (failed) => tell(ref.key, failed)));
}

/** The order in which policies are asked. */
export function byOrder(a: Pick<Sla, 'order' | 'key'>, b: Pick<Sla, 'order' | 'key'>): number {
  return a.order - b.order || (a.key < b.key ? -1 : 1);
}

/** Promised open time in milliseconds; undefined where a policy promises nothing of the kind. */
export function goalOf(sla: Sla, target: SlaTarget, { priority }: Pick<TicketView, 'priority'>): number | undefined {
  const goal = sla.targets[target]?.[priority];
  return goal === undefined ? undefined : durationMs(goal);
}

/** When the escalations of a target come, for a goal in milliseconds; as the policy lists them. */
export function pointsOf(sla: Sla, target: SlaTarget, goal: number): ClockPoint[] {
  return sla.escalations
    .filter((escalation) => escalation.target === target)
    .map((escalation) => ({
      id: escalation.id,
      point: escalation.at,
      ...pointOf(escalation.at, goal),
      every: escalation.repeat === undefined ? 0 : durationMs(escalation.repeat.every),
      times: 1 + (escalation.repeat?.times ?? 0),
    }));
}

/** Open milliseconds to a point as the policy writes it: to a share from the start, to time after the breach from there. */
export function pointOf(at: string, goal: number): Pick<ClockPoint, 'after' | 'from'> {
  if (at.startsWith('+')) return { after: durationMs(at.slice(1)), from: 'due' };
  if (at === '100%') return { after: 0, from: 'due' };
  return { after: Math.round((goal * Number(at.slice(0, -1))) / 100), from: 'start' };
}
