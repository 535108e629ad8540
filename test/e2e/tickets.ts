import { expect } from 'vitest';
import type { JsonObject } from '../../engine/json.ts';
import { calendarSchema } from '../../engine/schema/calendar.ts';
import { linesOf } from '../../store/journal.ts';
import { type InstanceDoc, Instances } from '../../store/models/instance.ts';
import type { IntakeItem } from '../../store/models/intake.ts';
import { Tasks } from '../../store/models/task.ts';
import { Tickets } from '../../store/models/ticket.ts';
import { replayed, told } from '../conformance/clocks.ts';
import { policy } from '../engine/sla/desk.ts';
import { eventually } from '../support/poll.ts';

export const minute = 60_000;

/** Monday 10:00 in Moscow; a break of a quarter of an hour begins twenty minutes later. */
export const begin = Date.parse('2027-03-01T07:00:00Z');

export const hours = calendarSchema.parse({
  kind: 'calendar',
  key: 'office',
  name: 'Office',
  timezone: 'Europe/Moscow',
  hours: {
    mon: [
      { from: '09:00', to: '10:20' },
      { from: '10:35', to: '18:00' },
    ],
  },
});

const task = (title: string): JsonObject[] => [{ id: 'call', type: 'create-task', title, assignee: { user: 'lena' } }];
const chain = (target: string): JsonObject[] => [
  { id: 'soon', target, at: '50%', steps: task('soon') },
  { id: 'late', target, at: '100%', steps: task('late') },
  { id: 'later', target, at: '+PT10M', repeat: { every: 'PT10M', times: 1 }, steps: task('later') },
];
const forTeam = (team: string) => ({ key: team, when: `ticket.?team.orValue('') == '${team}'` });
const normal = 'PT2H';

/** What every fourth ticket is promised. */
export const policies = [
  policy({ ...forTeam('plain'), targets: { 'first-response': { normal } }, escalations: chain('first-response') }),
  policy({
    ...forTeam('office'),
    calendar: 'office',
    targets: { 'first-response': { normal } },
    escalations: chain('first-response'),
  }),
  policy({ ...forTeam('solver'), targets: { resolution: { normal } }, escalations: chain('resolution') }),
  policy({ ...forTeam('quiet'), targets: { resolution: { normal } } }),
];
const teams = policies.map(({ key }) => key);

export const idOf = (n: number) => `ticket-${n}`;

export function opens(n: number): IntakeItem {
  const team = teams[n % teams.length] ?? '';
  const who = { email: `person-${n}@example.com`, channel: 'email', subject: 'It is broken' };
  const body = { do: 'open', ...who, message: { text: 'Help!' }, set: { team } };
  return { kind: 'ticket', id: idOf(n), source: 'test', body };
}

const by = 'user:anna';
const answered = (n: number) => ({ do: 'say', ticketId: idOf(n), by, message: { text: 'Done' }, status: 'resolved' });
const changed = (n: number, status: string) => ({ do: 'change', ticketId: idOf(n), by, set: { status } });

/**
 * What is done to a ticket so many minutes after it came, far from what time brings: the worker may be down for minutes. Some
 * are answered before the warning, some wait for the customer for a while, some are answered after the warning, some never.
 */
export const deeds: { after: number; does(n: number): object | null }[] = [
  { after: 4, does: (n) => [null, answered(n), changed(n, 'waiting'), null][fate(n)] ?? null },
  { after: 24, does: (n) => (fate(n) === 2 ? changed(n, 'open') : null) },
  { after: 90, does: (n) => (fate(n) === 3 ? answered(n) : null) },
];

function fate(n: number): number {
  return Math.floor(n / teams.length) % 4;
}

/** Waits until nothing runs any more but what waits for its time. @param log what to show when it stalls */
export async function untilQuiet(tickets: number, until: number, log: () => string): Promise<void> {
  const due = () => Instances.exists({ process: 'sla', status: 'running', deadline: { $lte: new Date(until) } });
  const others = () => Instances.exists({ process: { $ne: 'sla' }, status: { $in: ['starting', 'running'] } });
  const isQuiet = async () => {
    if ((await Tickets.countDocuments()) < tickets) return false;
    const busy = await Promise.all([due(), others(), Instances.exists({ status: 'starting' })]);
    return busy.every((one) => one === null);
  };
  await eventually(isQuiet, { within: 10 * minute, every: 1_000 }).catch(async (cause: unknown) => {
    const stuck = await Instances.find({ status: { $ne: 'ended' }, process: { $ne: 'sla' } })
      .limit(3)
      .lean();
    throw new Error(`stuck: ${JSON.stringify(stuck, null, 1)}\n${log().slice(-4_000)}`, { cause });
  });
}

interface Escalations {
  count: number;
  /** Virtual milliseconds between the moment at which one was due and its task. */
  latest: number;
}

/** Every escalation came once, and counts as of the very moment at which the engine alone has it. */
export async function expectEscalatedOnce(tickets: number, end: number): Promise<Escalations> {
  const [events, lines, instances, tasks] = await Promise.all([
    told(),
    clockLines(),
    Instances.find().lean<InstanceDoc[]>(),
    Tasks.find().lean(),
  ]);
  expect(instances.flatMap(({ incidents }) => incidents)).toEqual([]);
  const byTicket = new Map<string, InstanceDoc[]>();
  for (const one of instances) byTicket.set(one.subject.id, [...(byTicket.get(one.subject.id) ?? []), one]);
  for (let n = 0; n < tickets; n += 1) {
    const alone = replayed(events.get(idOf(n)) ?? [], { hours, policies }, end);
    const hosted = byTicket.get(idOf(n)) ?? [];
    const clocks = hosted.filter(({ process }) => process === 'sla');
    expect(clocks.flatMap(({ _id }) => lines.get(_id) ?? [])).toEqual(
      alone.timeline.flatMap(({ kind, at, detail }) => (kind === 'clock' ? line(detail?.change, detail?.n, at) : [])),
    );
    const wanted = alone.effects.flatMap((effect) => (effect.name === 'start-steps' ? [effect.item] : []));
    const begun = hosted.filter(({ definition }) => definition.part !== undefined);
    expect(
      begun.map(({ definition, trigger }) => line(definition.part, trigger.data.count, trigger.occurredAt)).sort(),
    ).toEqual(wanted.map(({ definition, data, occurredAt }) => line(definition.part, data.count, occurredAt)).sort());
  }
  const escalations = instances.filter(({ definition }) => definition.part !== undefined);
  const due = new Map(escalations.map(({ _id, trigger }) => [`${_id}/call/1`, trigger.occurredAt]));
  const made = tasks.map(({ step, createdAt }) => ({ key: `${step?.instance}/${step?.id}/${step?.visit}`, createdAt }));
  expect(made.map(({ key }) => key).sort()).toEqual([...due.keys()].sort());
  const late = made.map(({ key, createdAt }) => createdAt.getTime() - (due.get(key) ?? Number.NaN));
  return { count: escalations.length, latest: Math.max(...late) };
}

/** What happened to the clocks of each instance, in order. */
async function clockLines(): Promise<Map<string, string[]>> {
  const entries = await linesOf(await Instances.distinct('_id'));
  const byNumber = new Map(entries.map((entry) => [`${entry.instance}/${entry.n}`, entry]));
  const lines = new Map<string, string[]>();
  for (const { instance, kind, at, detail } of [...byNumber.values()].sort((a, b) => a.n - b.n)) {
    if (kind === 'clock') lines.set(instance, [...(lines.get(instance) ?? []), line(detail?.change, detail?.n, at)]);
  }
  return lines;
}

function line(what: unknown, count: unknown, at: number): string {
  return `${new Date(at).toISOString()} ${what} ${count}`;
}

/** Minutes after its coming at which a ticket of the policy `plain` is escalated when nobody does anything. */
export async function plainMinutes(n: number): Promise<number[]> {
  const ticket = await Tickets.findById(idOf(n)).lean();
  const begun = await Instances.find({ 'subject.id': idOf(n), 'definition.part': { $exists: true } }).lean();
  const created = ticket?.createdAt.getTime() ?? Number.NaN;
  return begun.map(({ trigger }) => (trigger.occurredAt - created) / minute).sort((a, b) => a - b);
}
