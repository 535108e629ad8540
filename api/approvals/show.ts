import { VoronkaError } from '../../engine/errors/error.ts';
import { findApproval } from '../../store/approvals.ts';
import { survivors } from '../../store/contacts.ts';
import { dealsById } from '../../store/deals.ts';
import { type DocumentRow, documentRows } from '../../store/documents.ts';
import type { ApprovalDoc } from '../../store/models/approval.ts';
import { listUsers } from '../../store/users.ts';
import { namedContact } from '../answers.ts';

/** @throws VoronkaError NOT_FOUND */
export async function requireApproval(id: string): Promise<ApprovalDoc> {
  const approval = await findApproval(id);
  if (approval === null) throw new VoronkaError('NOT_FOUND', `there is no approval ${id}`);
  return approval;
}

/** @throws VoronkaError NOT_FOUND */
export async function showApproval(id: string) {
  const [approval] = await showApprovals([await requireApproval(id)]);
  return approval;
}

/** Approvals as the API shows them: under the contacts that have them now, with their deals, documents and the names of their people. */
export async function showApprovals(docs: readonly ApprovalDoc[]) {
  const [contacts, deals, documents, users] = await Promise.all([
    survivors(docs.map(({ contactId }) => contactId)),
    dealsById(docs.flatMap(({ subject }) => (subject.kind === 'deal' ? subject.id : []))),
    documentRows(docs.flatMap(({ document }) => document?.id ?? [])),
    listUsers(),
  ]);
  const names = new Map(users.map(({ _id, name }) => [_id, name]));
  return docs.map((doc) => {
    const { _id, contactId, subject, title, amount, currency, round, status, process, requestedBy, awaited } = doc;
    const deal = deals.find((one) => one._id === subject.id);
    const present = documents.find((one) => one._id === doc.document?.id);
    return {
      id: _id,
      title,
      amount,
      currency,
      contact: namedContact(contactId, contacts.get(contactId)),
      ...(deal && { deal: { id: deal._id, number: deal.number, title: deal.title } }),
      ...(doc.document && { document: { ...doc.document, ...(present && nowOf(present)) } }),
      round,
      status,
      awaited,
      stages: doc.stages.map((stage) => stageOf(stage, names)),
      process,
      ...times(doc, ['dueAt', 'remindAt', 'escalateAt', 'requestedAt', 'decidedAt']),
      requestedBy,
      trail: doc.trail.map(({ at, ...line }) => ({ at: new Date(at), ...line })),
    };
  });
}

function nowOf({ template, gross, snapshot, status }: DocumentRow) {
  return { template: template.key, gross, currency: snapshot.currency, status };
}

function stageOf({ substitutes: _, ...stage }: ApprovalDoc['stages'][number], names: ReadonlyMap<string, string>) {
  const approvers = stage.approvers.map(({ user, through, decision, comment, ...place }) => ({
    user,
    name: names.get(user),
    onBehalfOf: through[0],
    decision,
    comment,
    ...times(place, ['at', 'remindedAt']),
  }));
  return { ...stage, approvers };
}

/** Epoch ms as dates, those that are there. */
function times<K extends string>(holder: { [P in K]?: number }, fields: readonly K[]): { [P in K]?: Date } {
  const found = fields.flatMap((field) => {
    const at = holder[field];
    return at === undefined ? [] : [[field, new Date(at)] as const];
  });
  return Object.fromEntries(found) as { [P in K]?: Date };
}
