import type { JsonObject } from '../json.ts';
import type { Clock, ClockPoint } from '../model/clock.ts';
import type { Effect } from '../model/effects.ts';
import { ticketJson } from '../model/ticket.ts';
import type { ClockDraft } from './draft.ts';

/** What a clock tells the contact's history. An escalation has an event of its own, so that nothing is told or counted twice. */
type SlaEvent = 'sla.warned' | 'sla.breached' | 'sla.met' | 'sla.cancelled';

/** Tells the contact's history what a clock saw. `what` names it among all that this clock tells. */
export function announce(draft: ClockDraft, clock: Clock, event: SlaEvent, what: string, more: JsonObject = {}): void {
  const { subject, at } = draft.state;
  const item = { subject, event, data: { ...dataOf(draft, clock), ...more }, occurredAt: at };
  ask(draft, { name: 'announce', key: keyOf(draft, clock, what), instance: draft.state.id, item });
}

/** Begins the steps of an escalation; `count`: the first time, the second, … */
export function escalate(draft: ClockDraft, clock: Clock, { id, point }: ClockPoint, count: number): void {
  const { subject, at } = draft.state;
  const part = partOf(id);
  const data = { ...dataOf(draft, clock), point, escalation: id, count };
  const item = { definition: { ...clock.policy, part }, subject, event: 'sla.escalated', data, occurredAt: at };
  const key = keyOf(draft, clock, `${part}/${count}`);
  ask(draft, { name: 'start-steps', key, instance: draft.state.id, item });
}

/** How a reference to a policy names one of its escalations. */
export function partOf(escalation: string): string {
  return `escalation:${escalation}`;
}

export function ask(draft: ClockDraft, effect: Effect): void {
  draft.state.asked.push(effect);
  draft.effects.push(effect);
}

/** `instance/target#n/what/count`. */
function keyOf({ state }: ClockDraft, { target, n }: Clock, what: string): string {
  return `${state.id}/${target}#${n}/${what}`;
}

function dataOf({ state }: ClockDraft, { target, n, due, policy }: Clock): JsonObject {
  return { ticket: ticketJson(state.ticket), by: `instance:${state.id}`, target, n, due, policy: policy.key };
}
