import type { SubjectRef } from '../../../engine/model/state.ts';
import { approvalsById, pendingApprovalsOf } from '../../../store/approvals.ts';
import { documentRows } from '../../../store/documents.ts';
import { goingOn } from '../../../store/instances.ts';
import type { Parsed } from '../apply.ts';
import { ApprovalBook } from './book.ts';

/** The approvals of a batch, with what they and its documents are about, and whose that is. */
export interface NamedApprovals {
  book: ApprovalBook;
  about: SubjectRef[];
  contactIds: string[];
}

/** Reads the approvals that items name, those that are bound to documents that items tell of, and the documents of all of them. */
export async function loadApprovals(items: readonly Parsed[]): Promise<NamedApprovals> {
  const ids = new Set<string>();
  const documentIds = new Set<string>();
  const toldOf = new Set<string>();
  const about: SubjectRef[] = [];
  let looked = false;
  for (const item of items) {
    if (item.kind === 'document') toldOf.add(item.body.documentId);
    if (item.kind !== 'approval') continue;
    if (item.body.do === 'attend') looked = true;
    if (item.body.do !== 'request') ids.add(item.body.approvalId);
    else {
      about.push(item.body.subject);
      if (item.body.documentId !== undefined) documentIds.add(item.body.documentId);
    }
  }
  const [named, bound] = await Promise.all([approvalsById([...ids]), pendingApprovalsOf([...toldOf])]);
  const asking = looked ? await goingOn(named.flatMap(({ step }) => step?.instance ?? [])) : [];
  const approvals = [...new Map([...named, ...bound].map((doc) => [doc._id, doc])).values()];
  for (const { subject, document } of approvals) {
    about.push(subject);
    if (document !== undefined) documentIds.add(document.id);
  }
  const documents = await documentRows([...documentIds, ...toldOf]);
  const heirs = await documentRows(documents.flatMap(({ supersededBy }) => supersededBy ?? []));
  for (const { dealId, contactId, _id } of documents) {
    if (dealId !== undefined && toldOf.has(_id)) about.push({ kind: 'deal', id: dealId, contactId });
  }
  const book = new ApprovalBook(approvals, [...documents, ...heirs], asking);
  const whose = [...about, ...approvals, ...documents.filter(({ _id }) => toldOf.has(_id))];
  return { book, about, contactIds: whose.map(({ contactId }) => contactId) };
}
