import { z } from 'zod';
import { duration, key, localTime, offset, weekday } from '../schema/common.ts';
import { nextTimeOfDay } from '../time/next.ts';
import { deadlineAfter } from './deadline.ts';
import { defineStep, type Reaction, type Reference, type StepOf, type Visit } from './define.ts';
import { dateDeadline } from './until.ts';

const params = {
  for: duration.optional().describe('How long; with `calendar` in open time.'),
  until: z
    .string()
    .regex(/^[a-z]+(\.[A-Za-z][A-Za-z0-9_]*)+$/, 'name a field such as "contact.attributes.renewalDate"')
    .optional()
    .describe('A date field of the subject, such as `contact.attributes.renewalDate`.'),
  at: localTime
    .optional()
    .describe('Local time: the next such time, or with `until` the time of day for a date without one.'),
  weekday: weekday.optional().describe('With `at`: the next such day of the week.'),
  offset: offset.optional().describe('With `until`: so long before (`-P3D`) or after.'),
  yearly: z.boolean().optional().describe('With `until`: the next anniversary.'),
  past: z
    .enum(['now', 'skip', 'exit'])
    .optional()
    .describe('With `until`: a date that is over. Default: go on when within the last day, else `skip`.'),
  missing: z.enum(['wait', 'skip', 'exit']).default('wait').describe('With `until`: a field that is empty.'),
  calendar: key.optional(),
  roll: z
    .enum(['forward', 'back'])
    .optional()
    .describe('With `until` and `calendar`: where a moment in closed time goes.'),
};

export const wait = defineStep({
  type: 'wait',
  summary: 'Waits for a duration, until a date field, or for the next time of day.',
  group: 'flow',
  params,
  check(step) {
    const kinds = [step.for, step.until, step.until === undefined ? step.at : undefined].filter(
      (kind) => kind !== undefined,
    );
    if (kinds.length !== 1) return { path: [], message: 'give exactly one of "for", "until" or "at"' };
    for (const name of ['offset', 'yearly', 'past', 'roll'] as const) {
      if (step[name] !== undefined && step.until === undefined)
        return { path: [name], message: `"${name}" goes with "until"` };
    }
    if (step.weekday !== undefined && (step.at === undefined || step.until !== undefined)) {
      return { path: ['weekday'], message: '"weekday" goes with "at"' };
    }
    if (step.calendar !== undefined && step.for === undefined && step.until === undefined) {
      return { path: ['calendar'], message: '"calendar" goes with "for" or "until"' };
    }
    if (step.roll !== undefined && step.calendar === undefined)
      return { path: ['roll'], message: '"roll" needs a "calendar"' };
    return null;
  },
  exits: ({ until }) => (until === undefined ? ['done'] : ['done', 'skipped']),
  waits: true,
  references({ calendar, until }) {
    const found: Reference[] = [];
    if (calendar !== undefined) found.push({ kind: 'calendar', key: calendar, path: ['calendar'] });
    if (until !== undefined) found.push({ kind: 'field', key: until, path: ['until'] });
    return found;
  },
  enter: (visit) => decide(visit),
  on(visit, signal) {
    const { until } = visit.step;
    // A field that changes without an event, or whose event is still on its way, counts as it is now.
    const changed = until !== undefined && visit.field(until) !== visit.token.data.value;
    if (signal.type === 'due') return changed ? decide(visit) : { do: 'leave', exit: 'done' };
    if (signal.type !== 'received' || !/\.changed$/.test(signal.event.name)) return { do: 'stay' };
    return changed ? decide(visit) : { do: 'stay' };
  },
});

function decide(visit: Visit<StepOf<typeof params>>): Reaction {
  const { step, at } = visit;
  if (step.until !== undefined) return dateDeadline(visit, { ...step, until: step.until });
  if (step.for !== undefined) {
    const deadline = deadlineAfter(visit, at, step.for, step.calendar);
    if (!deadline.ok) return { do: 'fail', error: deadline.error };
    return sleep(visit, deadline.at, { for: step.for, ...(deadline.zone && { zone: deadline.zone }) });
  }
  const { zone } = visit;
  const time = step.at ?? '00:00';
  return sleep(visit, nextTimeOfDay({ at: time, ...(step.weekday && { weekday: step.weekday }), zone }, at), {
    at: time,
    zone,
  });
}

function sleep(visit: Visit, until: number, detail: Record<string, string>): Reaction {
  if (until <= visit.at) return { do: 'leave', exit: 'done', detail };
  return { do: 'wait', until, detail };
}
