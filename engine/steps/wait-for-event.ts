import type { JsonObject } from '../json.ts';
import type { DomainEvent } from '../model/event.ts';
import { condition, duration, eventName, key } from '../schema/common.ts';
import { deadlineAfter } from './deadline.ts';
import { defineStep, type Evaluated, type Reaction, type Reference, type StepOf, type Visit } from './define.ts';

const params = {
  event: eventName,
  of: key
    .optional()
    .describe(
      'A send-message step: only an event of the message that it sent last, also one that came before this step.',
    ),
  when: condition
    .optional()
    .describe('CEL; `event` is the event looked at, `trigger` the one that started the instance.'),
  within: duration.optional().describe('How long to wait; for ever without it. With `calendar` in open time.'),
  calendar: key.optional(),
  since: key
    .optional()
    .describe('Also takes an event that came since that step was entered, or since the entry into the process.'),
};

type WaitForEvent = Visit<StepOf<typeof params>>;

export const waitForEvent = defineStep({
  type: 'wait-for-event',
  summary: 'Waits until an event comes, or until its time is over.',
  group: 'flow',
  params,
  check({ calendar, within }) {
    if (calendar === undefined || within !== undefined) return null;
    return { path: ['calendar'], message: '"calendar" says how "within" is counted: give "within" too' };
  },
  exits: () => ['received', 'timeout'],
  waits: true,
  early: ({ event, of, since }) => (of === undefined && since === undefined ? [] : [event]),
  references({ event, of, since, calendar }) {
    const found: Reference[] = [{ kind: 'event', key: event, path: ['event'] }];
    if (of !== undefined) found.push({ kind: 'step', key: of, path: ['of'] });
    if (since !== undefined && since !== 'entry') found.push({ kind: 'step', key: since, path: ['since'] });
    if (calendar !== undefined) found.push({ kind: 'calendar', key: calendar, path: ['calendar'] });
    return found;
  },
  expressions: ({ when }) => (when === undefined ? [] : [{ text: when, path: ['when'], yields: 'bool', event: true }]),
  enter(visit): Reaction {
    for (const event of visit.state.inbox) {
      const wanted = wants(visit, event, event.occurredAt);
      if (!wanted.ok) return { do: 'fail', error: wanted.error };
      if (wanted.value) return taken(event, wanted, { early: true });
    }
    const { event, within, calendar } = visit.step;
    if (within === undefined) return { do: 'wait', until: null, detail: { event } };
    const deadline = deadlineAfter(visit, visit.at, within, calendar);
    if (!deadline.ok) return { do: 'fail', error: deadline.error };
    return { do: 'wait', until: deadline.at, detail: { event, within } };
  },
  on(visit, signal): Reaction {
    if (signal.type === 'due') return { do: 'leave', exit: 'timeout' };
    if (signal.type !== 'received') return { do: 'stay' };
    const wanted = wants(visit, signal.event, signal.at);
    if (!wanted.ok) return { do: 'fail', error: wanted.error };
    return wanted.value ? taken(signal.event, wanted, {}) : { do: 'stay' };
  },
});

function taken(event: DomainEvent, { read }: { read: JsonObject }, more: { early?: true }): Reaction {
  return {
    do: 'leave',
    exit: 'received',
    as: 'received',
    take: event.id,
    detail: { event: event.name, eventId: event.id, read, ...more },
  };
}

function wants(visit: WaitForEvent, event: DomainEvent, at: number): Evaluated<boolean> {
  const { step } = visit;
  const fits = event.name === step.event && isRecent(visit, at) && isOfMessage(visit, event);
  if (!fits || step.when === undefined) return { ok: true, value: fits, read: {} };
  return visit.holds(step.when, event);
}

/** Occurrence counts: since the step named in `of`, else in `since`, was entered, else since this wait began. */
function isRecent({ step, state, token }: WaitForEvent, at: number): boolean {
  if (step.of !== undefined) return true;
  if (step.since === 'entry') return true;
  const since = step.since === undefined ? token.since : state.entered[step.since];
  return since !== undefined && at >= since;
}

/** A message belongs to one visit of its step, so that no look at the time is needed. */
function isOfMessage({ step, state }: WaitForEvent, event: DomainEvent): boolean {
  return step.of === undefined || event.message === `${state.id}/${step.of}/${state.visits[step.of] ?? 0}`;
}
