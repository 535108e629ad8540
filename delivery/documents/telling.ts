import type { DocumentDoc } from '../../store/models/document.ts';
import type { IntakeDoc } from '../../store/models/intake.ts';
import { intakeDoc, intakeItem } from '../intake/items.ts';

/** Tells that a document is there, once its bytes are; and that it took the place of another one. */
export function tellingOfBytes({ _id, supersedes, createdAt }: DocumentDoc): IntakeDoc[] {
  const before = supersedes === undefined ? [] : [itemOf(supersedes, 'superseded')];
  return [intakeDoc(`document/${_id}`, [...before, itemOf(_id, 'issued')], createdAt.getTime())];
}

/** Tells that a document was voided. @param at virtual epoch ms */
export function tellingOfVoid(id: string, at: number): IntakeDoc {
  return intakeDoc(`document/${id}/voided`, [itemOf(id, 'voided')], at);
}

function itemOf(documentId: string, what: 'issued' | 'voided' | 'superseded') {
  return intakeItem('document', `document/${documentId}/${what}`, { do: what, documentId }, 'engine');
}
