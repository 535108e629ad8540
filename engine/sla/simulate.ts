import type { Library } from '../library.ts';
import type { Clock } from '../model/clock.ts';
import type { TicketStatus } from '../model/ticket.ts';
import type { Sla } from '../schema/index.ts';
import type { SlaScenario } from '../schema/sla.ts';
import { ghostContact } from '../simulate/contact.ts';
import { ghostTicket } from '../simulate/ticket.ts';
import { addDuration } from '../time/duration.ts';
import { type SlaLine, SlaStage } from './stage.ts';

/** A ticket's story under one policy. All times are epoch ms. */
export interface SlaRun {
  startedAt: number;
  /** Zone by which durations are counted: the calendar's, else the company's. */
  zone: string;
  /** What happened, in order: events of the ticket, lines of its clocks, steps of escalations. */
  story: SlaLine[];
  clocks: readonly Clock[];
  /** Mistakes of the scenario, and incidents. */
  problems: string[];
}

/** When scenarios begin that do not say it: a Monday. */
const defaultStart = '2026-03-02T09:00:00Z';

/** The status that an event leaves behind where the scenario does not say it. */
function implied(event: string, before: TicketStatus): TicketStatus {
  if (event === 'ticket.resolved') return 'resolved';
  if (event === 'ticket.closed' || event === 'ticket.merged') return 'closed';
  if (event === 'ticket.reopened') return 'open';
  if (event === 'ticket.agent-replied') return before === 'new' ? 'open' : before;
  if (event === 'ticket.customer-replied' && (before === 'waiting' || before === 'resolved')) return 'open';
  return before;
}

/** Plays a scenario of a policy under a virtual clock, with the reducers of the real thing and no side effect. */
export function simulateSla(sla: Sla, library: Library, { given, events, until }: SlaScenario): SlaRun {
  const start = Date.parse(given.now ?? defaultStart);
  const zone = library.calendars[sla.calendar ?? '']?.timezone ?? library.policy.company.timezone;
  const person = ghostContact(given.contact, start);
  const ghost = ghostTicket(given.ticket, person.contact.id, start);
  const stage = new SlaStage(sla, library, { contact: person.contact, ticket: ghost.ticket }, start);
  const after = (duration: string) => addDuration(start, duration, zone);
  const end = after(until ?? 'P30D');
  const happenings = events.map(({ at, event, set }) => ({ at: after(at), event, set }));
  for (const { at, event, set } of happenings.sort((a, b) => a.at - b.at)) {
    if (at > end) break;
    // An event at the very instant of a deadline comes first.
    stage.sleepUntil(at - 1);
    stage.happen(at, event, { status: implied(event, stage.status), ...set });
  }
  stage.sleepUntil(end);
  const unmatched = stage.story.some(({ what }) => what === 'clock')
    ? []
    : ['the policy promises nothing for this ticket: see "when" and the priorities of its targets'];
  return {
    startedAt: start,
    zone,
    story: stage.story,
    clocks: stage.clocks,
    problems: [...person.problems, ...ghost.problems, ...stage.problems, ...unmatched],
  };
}
