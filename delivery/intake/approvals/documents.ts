import type { ApprovalCommand } from '../../../engine/approval/command.ts';
import type { JsonObject } from '../../../engine/json.ts';
import type { Actor } from '../../../engine/model/actor.ts';
import type { DocumentRow } from '../../../store/documents.ts';
import { aboutIn } from '../about.ts';
import { main } from '../happening.ts';
import type { Applied, Desk } from '../kinds.ts';
import { ownerOf } from '../owner.ts';
import { ItemProblem } from '../problem.ts';
import type { DocumentBody } from './body.ts';
import { boundDocument } from './book.ts';
import { carryOut } from './kind.ts';

/**
 * Tells what has happened to a document as an event of its contact, `document.issued`, `document.voided` or `document.superseded`, with
 * `document`, `by` and the whole deal; and asks anew, or withdraws, what was to be decided on its bytes.
 */
export function applyDocument({ do: what, documentId }: DocumentBody, desk: Desk): Applied {
  const doc = desk.approvals.document(documentId);
  if (doc === undefined) throw new ItemProblem('NOT_FOUND', `documentId: there is no document ${documentId}`);
  const { contactId, dealId } = doc;
  const person = ownerOf({ doc }, desk);
  const about = dealId === undefined ? {} : aboutIn({ kind: 'deal', id: dealId, contactId }, desk);
  const heir = desk.approvals.document(doc.supersededBy);
  const by = actorOf(what, doc, heir);
  const more = {
    ...(doc.voided !== undefined && { reason: doc.voided.reason }),
    ...(heir !== undefined && { successor: { id: heir._id, number: heir.number } }),
  };
  const event = main(`document.${what}`, { ...more, by, document: documentJson(doc), ...about });
  const command = what === 'issued' ? null : changeOf(doc, heir, by);
  const bound = command === null ? [] : desk.approvals.boundTo(documentId);
  return {
    person,
    happenings: [event, ...bound.flatMap((file) => (command === null ? [] : carryOut(file, command, desk)))],
  };
}

function actorOf(what: DocumentBody['do'], doc: DocumentRow, heir: DocumentRow | undefined): Actor {
  if (what === 'voided') return doc.voided?.by ?? 'system';
  return what === 'superseded' ? (heir?.createdBy ?? 'system') : doc.createdBy;
}

function changeOf(doc: DocumentRow, heir: DocumentRow | undefined, by: Actor): ApprovalCommand {
  const change = { do: 'document-changed', by, was: doc._id } as const;
  const document = heir && boundDocument(heir);
  return document === undefined ? change : { ...change, document };
}

function documentJson({
  _id,
  number,
  series,
  status,
  template,
  gross,
  snapshot,
  pdf,
  supersedes,
}: DocumentRow): JsonObject {
  const { currency } = snapshot;
  return JSON.parse(
    JSON.stringify({
      id: _id,
      number,
      series,
      status,
      template: template.key,
      gross,
      currency,
      sha256: pdf?.sha256,
      supersedes,
    }),
  );
}
