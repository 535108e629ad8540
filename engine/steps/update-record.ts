import { z } from 'zod';
import type { Json } from '../json.ts';
import type { SubjectRef } from '../model/state.ts';
import { ticketPriorities, ticketStatuses } from '../model/ticket.ts';
import { key } from '../schema/common.ts';
import { defineStep, type Reaction, type SubjectOnly } from './define.ts';
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

/** Fields of a deal that a process may write, beside its own attributes. */
const dealField = {
  title: z.string().min(1),
  amount: z.number().min(0).nullable(),
  currency: z.string().length(3),
  owner: key.nullable(),
  source: z.string().nullable(),
  campaign: z.string().nullable(),
};

/** A field of the subject, or with `contact.` before it one of the contact behind the subject. */
const writable = z
  .string()
  .refine(
    (path) => path in ticketField || path in dealField || contactField.test(path.replace(/^contact\./, '')),
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
        'By field. Of a ticket: `status`, `priority`, `topic`, `team`, `assignee`, `tags`; of a deal: `title`, `amount`, `currency`, `owner`, `source`, `campaign`, `attributes.<name>`; its contact’s fields with `contact.` before them.',
      ),
  },
  check({ set }) {
    for (const [field, schema] of Object.entries({ ...ticketField, ...dealField })) {
      const value = set[field];
      if (value === undefined || isComputed(value)) continue;
      const [issue] = schema.safeParse(value).error?.issues ?? [];
      if (issue) return { path: ['set', field], message: issue.message };
    }
    return null;
  },
  exits: () => ['done'],
  effects: ['update-record'],
  subjectOnly: ({ set }) =>
    Object.keys(set).flatMap((name): SubjectOnly[] => {
      const path = ['set', name];
      if (name in ticketField) return [{ subject: 'ticket', path }];
      return name in dealField && name !== 'owner' ? [{ subject: 'deal', path }] : [];
    }),
  expressions: ({ set }) => computedExpressions(set, ['set']),
  enter(visit): Reaction {
    const values = computeAll(visit, visit.step.set);
    if (!values.ok) return { do: 'fail', error: values.error };
    const effect = { name: 'update-record' as const, item: { subject: visit.state.subject, set: values.value } };
    return { do: 'perform', effect, detail: { set: values.value, read: values.read } };
  },
});

/** Which of the fields are the ticket's or the deal's own, and which the contact's, by their names without `contact.`. */
export function fieldsBySubject(
  kind: SubjectRef['kind'],
  set: Record<string, Json>,
): { own: Record<string, Json>; contact: Record<string, Json> } {
  const own: Record<string, Json> = {};
  const contact: Record<string, Json> = {};
  for (const [path, value] of Object.entries(set)) {
    if (isOwn(kind, path)) own[path] = value;
    else contact[path.replace(/^contact\./, '')] = value;
  }
  return { own, contact };
}

function isOwn(kind: SubjectRef['kind'], path: string): boolean {
  if (kind === 'deal') return path in dealField || path.startsWith('attributes.');
  return kind === 'ticket' && path in ticketField;
}
