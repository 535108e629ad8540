import { act } from '../../../engine/approval/act.ts';
import type { Acted, ApprovalCommand, ApprovalScene } from '../../../engine/approval/command.ts';
import { requestOf } from '../../../engine/approval/item.ts';
import { requestApproval } from '../../../engine/approval/request.ts';
import type { ApprovalDocument } from '../../../engine/approval/state.ts';
import { approvalState } from '../../../store/approvals.ts';
import { withMain } from '../deals/telling.ts';
import type { Happening } from '../happening.ts';
import type { Applied, Desk } from '../kinds.ts';
import { ownerOf } from '../owner.ts';
import { plainId } from '../plain-id.ts';
import { ItemProblem } from '../problem.ts';
import type { ApprovalBody } from './body.ts';
import { type ApprovalFile, boundDocument, presentDocument } from './book.ts';
import { docOf, done, tellOf, usersMeant } from './telling.ts';

type Request = Extract<ApprovalBody, { do: 'request' }>;

/** What an item of the kind `approval` does. @throws ItemProblem for what cannot be done */
export function applyApproval(body: ApprovalBody, desk: Desk): Applied {
  if (body.do === 'request') return request(body, desk);
  const file = desk.approvals.byId(body.approvalId);
  if (file === undefined) {
    throw new ItemProblem('NOT_FOUND', `approvalId: there is no approval ${body.approvalId}`);
  }
  const abandoned = body.do === 'attend' && desk.approvals.isAbandoned(file);
  const command: ApprovalCommand = abandoned ? { do: 'abandon', by: 'system' } : body;
  return { person: ownerOf(file, desk), happenings: withMain(carryOut(file, command, desk)) };
}

/** Does something to an approval of the batch. @returns its events */
export function carryOut(file: ApprovalFile, command: ApprovalCommand, desk: Desk): Happening[] {
  const state = approvalState(file.doc);
  const acted = done(act(state, command, sceneOf(state.document?.id, desk)));
  if (acted.state === state) return [];
  desk.approvals.touch(file);
  if (command.do === 'decide' && state.document !== undefined) desk.approvals.rely(state.document.id);
  return keep(acted, file, desk);
}

function keep(acted: Extract<Acted, { ok: true }>, file: ApprovalFile, desk: Desk): Happening[] {
  file.doc = docOf(acted.state, file.doc.contactId, file.doc);
  return tellOf(acted, ownerOf(file, desk), desk);
}

function request({ do: _, by, ...item }: Request, desk: Desk): Applied {
  const { documentId } = item;
  const person = ownerOf({ doc: item.subject }, desk);
  const subject = { ...item.subject, contactId: person.doc._id };
  const document = documentId === undefined ? undefined : bound(documentId, desk);
  const asked = requestOf({ ...item, subject }, { id: plainId(desk.id), requestedBy: by, document }, (who) =>
    usersMeant(who, subject, person, desk),
  );
  const acted = done(requestApproval(asked, by, sceneOf(documentId, desk)));
  desk.approvals.add(docOf(acted.state, person.doc._id));
  return { person, happenings: withMain(tellOf(acted, person, desk)) };
}

/** @throws ItemProblem for a document that is not in force, or whose bytes are not made */
function bound(documentId: string, { approvals }: Desk): ApprovalDocument {
  const doc = approvals.document(documentId);
  if (doc === undefined) throw new ItemProblem('NOT_FOUND', `documentId: there is no document ${documentId}`);
  const { number, status } = doc;
  const document = boundDocument(doc);
  if (status !== 'issued') {
    throw new ItemProblem('DOCUMENT_NOT_CURRENT', `${number} is ${status}: have one approved that is in force`);
  }
  if (document === undefined)
    throw new ItemProblem('DOCUMENT_RENDERING_FAILED', `${number} has no PDF yet: download it once`);
  return document;
}

function sceneOf(documentId: string | undefined, desk: Desk): ApprovalScene {
  const { staff, library, approvals, occurredAt, at } = desk;
  const document = approvals.document(documentId);
  return {
    at: occurredAt,
    now: Math.max(at, occurredAt),
    people: staff.colleagues,
    calendars: library.calendars,
    ...(document !== undefined && { document: presentDocument(document) }),
  };
}
