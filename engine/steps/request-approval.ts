import { z } from 'zod';
import type { ApprovalItem } from '../approval/item.ts';
import { isObject } from '../json.ts';
import type { DomainEvent } from '../model/event.ts';
import { condition, duration, identifier, key, localized } from '../schema/common.ts';
import { defineStep, type Evaluated, type Reaction, type Reference, type StepOf, type Visit } from './define.ts';
import { failure } from './failure.ts';
import { computable, computeAll, computedExpressions } from './fields.ts';
import { madeDocument } from './made-document.ts';
import { assignee, assigneeReferences } from './people.ts';
import { fillLocalized, piecesIn } from './text.ts';

const stage = z.strictObject({
  id: key,
  name: localized.optional(),
  when: condition.optional().describe('Its threshold: where it does not hold, nobody of the stage is asked.'),
  approvers: z.array(assignee).min(1).max(100).describe('Everybody of them is asked at the same time.'),
  need: z
    .union([z.enum(['all', 'any']), z.int().min(1).max(100)])
    .default('all')
    .describe('How many must approve. What makes that impossible rejects it.'),
  substitute: assignee.optional().describe('In place of who is away and has no deputy who is there.'),
});

const params = {
  title: localized.describe('May hold `{{cel}}` pieces.'),
  document: identifier
    .optional()
    .describe(
      'The `into` of the generate-document step whose bytes are approved; what supersedes it meanwhile takes its place.',
    ),
  amount: computable.optional().describe("Shown to the approvers; default: the document's sum."),
  currency: z.string().length(3).optional(),
  stages: z.array(stage).min(1).max(20).describe('One after the other.'),
  remind: duration.optional().describe('So often whoever has not answered is reminded, from the opening of a stage.'),
  within: duration.optional().describe('How long to wait for the outcome; for ever without it.'),
  escalate: z
    .strictObject({ after: duration, to: assignee })
    .optional()
    .describe('So long after the opening of a stage these take the places of those who have not answered.'),
  calendar: key.optional().describe('Counts `remind`, `within` and `escalate` in its open time.'),
  into: identifier.describe('`vars.<into>` becomes `{ id, outcome, by, comment }`.'),
};

type RequestApproval = Visit<StepOf<typeof params>>;

const decided = 'approval.decided';

export const requestApproval = defineStep({
  type: 'request-approval',
  summary:
    'Asks people to approve something, in stages, and waits for the outcome. Bound to a document, it asks again when that changes.',
  group: 'people',
  params,
  check({ stages, calendar, remind, within, escalate }) {
    const ids = stages.map(({ id }) => id);
    const twice = ids.findIndex((id, index) => ids.indexOf(id) < index);
    if (twice >= 0) return { path: ['stages', twice, 'id'], message: 'name each stage once' };
    const many = stages.findIndex(
      ({ need, approvers }) => typeof need === 'number' && need > approvers.length && !approvers.some(isRole),
    );
    if (many >= 0) return { path: ['stages', many, 'need'], message: 'fewer people are asked than must approve' };
    if (calendar === undefined || (remind ?? within ?? escalate) !== undefined) return null;
    return { path: ['calendar'], message: '"calendar" counts "remind", "within" or "escalate": give one of them' };
  },
  exits: () => ['approved', 'rejected', 'timeout'],
  waits: true,
  effects: ['request-approval', 'abandon-approval'],
  early: () => [decided],
  provides: ({ into, document }) => (document === undefined ? [into] : [into, document]),
  references({ stages, escalate, calendar }): Reference[] {
    const found: Reference[] = [{ kind: 'event', key: decided, path: [] }];
    for (const [n, { approvers, substitute }] of stages.entries()) {
      for (const [m, who] of approvers.entries()) found.push(...assigneeReferences(who, ['stages', n, 'approvers', m]));
      if (substitute !== undefined) found.push(...assigneeReferences(substitute, ['stages', n, 'substitute']));
    }
    if (escalate !== undefined) found.push(...assigneeReferences(escalate.to, ['escalate', 'to']));
    if (calendar !== undefined) found.push({ kind: 'calendar', key: calendar, path: ['calendar'] });
    return found;
  },
  expressions: ({ title, amount, stages }) => [
    ...piecesIn(title, ['title']),
    ...computedExpressions(amount === undefined ? {} : { amount }, []),
    ...stages.flatMap(({ when }, n) =>
      when === undefined ? [] : [{ text: when, path: ['stages', n, 'when'], yields: 'bool' as const }],
    ),
  ],
  enter(visit): Reaction {
    const item = itemOf(visit);
    if (!item.ok) return { do: 'fail', error: item.error };
    const skipped = item.value.stages.filter((one) => one.skipped).map(({ id }) => id);
    return {
      do: 'perform',
      effect: { name: 'request-approval', item: item.value },
      detail: { skipped, read: item.read },
    };
  },
  on(visit, signal): Reaction {
    if (signal.type === 'received') return isOutcome(visit, signal.event) ? over(visit, signal.event) : { do: 'stay' };
    if (signal.type !== 'performed') return { do: 'stay' };
    const early = visit.state.inbox.find((event) => isOutcome(visit, event));
    return early === undefined ? { do: 'wait', until: null, detail: signal.result } : over(visit, early);
  },
  abandon: ({ key: request }) => ({ name: 'abandon-approval', item: { request } }),
});

function isRole(who: z.infer<typeof assignee>): boolean {
  return 'role' in who;
}

/** What is asked for, as it is now. */
function itemOf(visit: RequestApproval): Evaluated<ApprovalItem> {
  const { step, state, token, zone, process } = visit;
  const title = fillLocalized(visit, step.title);
  if (!title.ok) return title;
  const document = step.document === undefined ? undefined : madeDocument(visit, step.document);
  if (document?.ok === false) return document;
  const sum = sumOf(visit, document?.value);
  if (!sum.ok) return sum;
  const read = { ...title.read, ...sum.read };
  const stages: ApprovalItem['stages'] = [];
  for (const { when, ...stage } of step.stages) {
    const holds = when === undefined ? undefined : visit.holds(when);
    if (holds?.ok === false) return holds;
    Object.assign(read, holds?.read);
    stages.push({ ...stage, skipped: holds?.value === false });
  }
  const { remind, within, escalate, calendar } = step;
  const own = { instance: state.id, id: step.id, visit: token.visit };
  const value = {
    subject: state.subject,
    title: title.value,
    ...(document !== undefined && { documentId: document.value.id }),
    ...sum.value,
    stages,
    ...(remind !== undefined && { remind }),
    ...(within !== undefined && { within }),
    ...(escalate !== undefined && { escalate }),
    ...(calendar !== undefined && { calendar }),
    zone,
    occurredAt: visit.at,
    step: own,
    process: process.key,
  };
  return { ok: true, value, read };
}

/** What is at stake, as the step says or as the document has it. */
function sumOf(
  visit: RequestApproval,
  document: object | undefined,
): Evaluated<{ amount?: number; currency?: string }> {
  const { amount, currency } = visit.step;
  const computed = computeAll(visit, amount === undefined ? {} : { amount });
  if (!computed.ok) return computed;
  const said = { ...document, ...(currency !== undefined && { currency }) };
  const gross = amount === undefined ? Reflect.get(said, 'gross') : computed.value.amount;
  const unit = Reflect.get(said, 'currency');
  if (gross !== undefined && typeof gross !== 'number') {
    return { ok: false, error: failure('VALIDATION_FAILED', `amount: ${JSON.stringify(gross)} is no number`) };
  }
  const value = { ...(gross !== undefined && { amount: gross }), ...(typeof unit === 'string' && { currency: unit }) };
  return { ok: true, value, read: computed.read };
}

/** An approval belongs to one visit of its step, so that no look at the time is needed. */
function isOutcome({ state, token }: RequestApproval, { name, data: { approval } }: DomainEvent): boolean {
  const step = name === decided && isObject(approval) ? approval.step : undefined;
  return isObject(step) && step.instance === state.id && step.id === token.step && step.visit === token.visit;
}

function over({ step }: RequestApproval, { id, data }: DomainEvent): Reaction {
  const { outcome = null, by = null, comment = null, approval } = data;
  const document = isObject(approval) ? approval.document : undefined;
  const result = { id: isObject(approval) ? (approval.id ?? null) : null, outcome, by, comment };
  const exit = outcome === 'approved' ? 'approved' : outcome === 'timed-out' ? 'timeout' : 'rejected';
  return {
    do: 'leave',
    exit,
    as: 'received',
    take: id,
    // What goes on with the document goes on with the one that was approved.
    vars: {
      [step.into]: result,
      ...(step.document !== undefined && isObject(document) && { [step.document]: document }),
    },
    detail: { eventId: id, ...result },
  };
}
