import { maxClocks } from '../delivery/intake/cohorts.ts';
import type { Benchmark } from './frame/benchmark.ts';
import { median } from './frame/rounds.ts';
import { dueTimesPerSecond } from './tickets/due-times.ts';
import { openTickets } from './tickets/open.ts';
import { lookMs, repliesUntilStopped } from './tickets/replies.ts';
import { waiting } from './tickets/ticket.ts';

/** Clocks of tickets: how fast they are worked out, what they cost while they run, and how soon a reply stops one. */
export const service: Benchmark = {
  name: 'service',
  title: 'Clocks of tickets: due times, open tickets, and from a reply to a stopped clock',
  pure: false,
  async run(setting) {
    const sizes = setting.quick
      ? { started: 500, open: 400, replies: 10 }
      : { started: 20_000, open: 10_000, replies: 200 };
    const dueTimes = await dueTimesPerSecond(sizes.started, setting);
    const { figures, perTicket, history } = await openTickets(sizes.open, setting);
    const { p50, p95 } = await repliesUntilStopped(sizes.replies, setting);
    return {
      figures: [dueTimes, ...figures, p50, p95],
      aims: [
        { name: 'Due times computed', unit: '1/s', value: median(dueTimes.rounds) },
        { name: 'Memory of an open ticket', unit: 'kB', value: perTicket },
        { name: 'History of an open ticket', unit: 'kB', value: history },
        { name: 'From an accepted reply to the stopped clock, p95', unit: 'ms', value: median(p95.rounds) },
      ],
      conditions: {
        'Due times': `tickets at random moments of a year, two clocks each, ${sizes.started} tickets per round; office hours with a break and holidays, Moscow; one core`,
        'Open tickets': `${sizes.open} in cohorts of ${maxClocks}, each with two clocks and ${JSON.stringify(waiting().state).length} characters of state, as after a continue-as-new`,
        Replies: `${sizes.replies} per round, one after the other, from the stored request to the stored projection; intake, dispatcher and worker in one process, looked at every ${lookMs} ms`,
      },
    };
  },
};
