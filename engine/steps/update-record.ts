import { z } from 'zod';
import type { Json } from '../json.ts';
import type { SubjectRef } from '../model/state.ts';
import { ticketPriorities, ticketStatuses } from '../model/ticket.ts';
import { key } from '../schema/common.ts';
import { defineStep, type Reaction } from './define.ts';
import { computable, computeAll, computedExpressions, isComputed } from './fields.ts';

const contactField =
  /^(email|phone|firstName|lastName|company|language|timezone|owner|attributes\.[A-Za-z][A-Za-z0-9_]*)$/;

/** Fields of a ticket that a process may write. */
const ticketField = {
  status: z.enum(ticketStatuses),
  priority: z.enum(ticketPriorities),
  topic: key.nullable(),
  team: key.nullable(),
  assignee: key.nullable(),
  tags: z.array(key),
};

/** A field of the subject, or with `contact.` before it one of the contact behind the subject. */
const writable = z
  .string()
  .refine(
    (path) => path in ticketField || contactField.test(path.replace(/^contact\./, '')),
    'name a field such as "company", "attributes.plan", or of a ticket "priority", "contact.company"',
  );

export const updateRecord = defineStep({
  type: 'update-record',
  summary: 'Sets fields of the subject, or of the contact behind it, to values written down or computed.',
  group: 'contact',
  params: {
    set: z
      .record(writable, computable)
      .refine((set) => Object.keys(set).length > 0, 'set at least one field')
      .describe(
        'By field. Of a ticket: `status`, `priority`, `topic`, `team`, `assignee`, `tags`; its contact’s fields with `contact.` before them.',
      ),
  },
  check({ set }) {
    for (const [field, schema] of Object.entries(ticketField)) {
      const value = set[field];
      if (value === undefined || isComputed(value)) continue;
      const [issue] = schema.safeParse(value).error?.issues ?? [];
      if (issue) return { path: ['set', field], message: issue.message };
    }
    return null;
  },
  exits: () => ['done'],
  effects: ['update-record'],
  ticketOnly: ({ set }) => Object.keys(set).flatMap((path) => (path in ticketField ? [['set', path]] : [])),
  expressions: ({ set }) => computedExpressions(set, ['set']),
  enter(visit): Reaction {
    const values = computeAll(visit, visit.step.set);
    if (!values.ok) return { do: 'fail', error: values.error };
    const effect = { name: 'update-record' as const, item: { subject: visit.state.subject, set: values.value } };
    return { do: 'perform', effect, detail: { set: values.value, read: values.read } };
  },
});

/** Which of the fields are the ticket's own, and which the contact's, by their names without `contact.`. */
export function fieldsBySubject(
  kind: SubjectRef['kind'],
  set: Record<string, Json>,
): { ticket: Record<string, Json>; contact: Record<string, Json> } {
  const ticket: Record<string, Json> = {};
  const contact: Record<string, Json> = {};
  for (const [path, value] of Object.entries(set)) {
    if (kind === 'ticket' && path in ticketField) ticket[path] = value;
    else contact[path.replace(/^contact\./, '')] = value;
  }
  return { ticket, contact };
}
