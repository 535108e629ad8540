import type { JsonObject } from '../json.ts';
import { resolveUntil } from '../time/until.ts';
import { missingCalendar } from './deadline.ts';
import type { Reaction, StepBase, Visit } from './define.ts';
import { failure } from './failure.ts';

export interface UntilParams extends StepBase {
  until: string;
  offset?: string | undefined;
  at?: string | undefined;
  yearly?: boolean | undefined;
  past?: 'now' | 'skip' | 'exit' | undefined;
  missing: 'wait' | 'skip' | 'exit';
  calendar?: string | undefined;
  roll?: 'forward' | 'back' | undefined;
}

/** A date that is over for no longer than this is taken as now, unless `past` says otherwise. */
const grace = 24 * 3_600_000;

/** When a wait for a date field ends; asked again whenever the field changes. */
export function dateDeadline(visit: Visit, step: UntilParams): Reaction {
  const { at, zone, context } = visit;
  const value = visit.field(step.until);
  const calendar = step.calendar === undefined ? undefined : context.calendars[step.calendar];
  if (step.calendar !== undefined && calendar === undefined) {
    return { do: 'fail', error: missingCalendar(step.calendar) };
  }
  const { offset, at: time, yearly, roll } = step;
  const resolved = resolveUntil({ value, zone, now: at, offset, at: time, yearly, calendar, roll });
  const detail = { until: step.until, value, zone };
  if (resolved.kind === 'invalid') {
    const message = `"${step.until}" holds ${JSON.stringify(value)}, which is no date; correct it, then retry the step.`;
    return { do: 'fail', error: failure('DATE_INVALID', message) };
  }
  if (resolved.kind === 'never-open') {
    const message = `Calendar "${step.calendar}" is not open on any day near ${JSON.stringify(value)}; give it hours, then retry the step.`;
    return { do: 'fail', error: failure('CALENDAR_NEVER_OPEN', message) };
  }
  if (resolved.kind === 'missing') {
    if (step.missing === 'wait')
      return { do: 'wait', until: null, detail: { ...detail, missing: 'wait' }, data: { value } };
    return over(step.missing, { ...detail, missing: step.missing });
  }
  if (resolved.at > at) return { do: 'wait', until: resolved.at, detail, data: { value } };
  const policy = step.past ?? (at - resolved.at <= grace ? 'now' : 'skip');
  if (policy === 'now') return { do: 'leave', exit: 'done', detail: { ...detail, at: resolved.at, past: policy } };
  return over(policy, { ...detail, at: resolved.at, past: policy });
}

/** `skip` passes the step by, `exit` ends the instance. */
function over(policy: 'skip' | 'exit', detail: JsonObject): Reaction {
  if (policy === 'exit') return { do: 'end', outcome: 'exited', detail };
  return { do: 'leave', exit: 'skipped', as: 'skipped', detail };
}
