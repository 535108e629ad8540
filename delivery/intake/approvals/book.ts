import type { PresentDocument } from '../../../engine/approval/command.ts';
import type { DocumentRow } from '../../../store/documents.ts';
import type { ApprovalDoc } from '../../../store/models/approval.ts';
import { type Filed, Filing } from '../filing.ts';

export type ApprovalFile = Filed<ApprovalDoc>;

/** The approvals of one batch, and the documents that these and the batch's items name, as they are now. */
export class ApprovalBook extends Filing<ApprovalDoc> {
  readonly #documents: ReadonlyMap<string, DocumentRow>;
  readonly #reliedOn = new Set<string>();

  constructor(approvals: readonly ApprovalDoc[], documents: readonly DocumentRow[]) {
    super();
    this.hold(approvals);
    this.#documents = new Map(documents.map((doc) => [doc._id, doc]));
  }

  document(id: string | undefined): DocumentRow | undefined {
    return id === undefined ? undefined : this.#documents.get(id);
  }

  /** Approvals that wait for a decision on a document. */
  boundTo(documentId: string): ApprovalFile[] {
    return this.files.filter(({ doc }) => doc.status === 'pending' && doc.document?.id === documentId);
  }

  /** Something is decided because a document is in force: it must still be when the batch is written. */
  rely(documentId: string): void {
    if (this.#reliedOn.has(documentId)) return;
    this.#reliedOn.add(documentId);
    this.whenUndone(() => this.#reliedOn.delete(documentId));
  }

  get reliedOn(): string[] {
    return [...this.#reliedOn];
  }
}

export function presentDocument({ _id, status, pdf }: DocumentRow): PresentDocument {
  return { id: _id, status, sha256: pdf?.sha256 };
}
