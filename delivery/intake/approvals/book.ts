import type { PresentDocument } from '../../../engine/approval/command.ts';
import type { ApprovalDocument } from '../../../engine/approval/state.ts';
import type { DocumentRow } from '../../../store/documents.ts';
import type { ApprovalDoc } from '../../../store/models/approval.ts';
import { type Filed, Filing } from '../filing.ts';

export type ApprovalFile = Filed<ApprovalDoc>;

/** The approvals of one batch, and the documents that these and the batch's items name, as they are now. */
export class ApprovalBook extends Filing<ApprovalDoc> {
  readonly #documents: ReadonlyMap<string, DocumentRow>;
  /** Ids of instances that ask and go on. */
  readonly #asking: ReadonlySet<string>;
  readonly #reliedOn = new Set<string>();

  constructor(approvals: readonly ApprovalDoc[], documents: readonly DocumentRow[], asking: readonly string[]) {
    super();
    this.hold(approvals);
    this.#documents = new Map(documents.map((doc) => [doc._id, doc]));
    this.#asking = new Set(asking);
  }

  document(id: string | undefined): DocumentRow | undefined {
    return id === undefined ? undefined : this.#documents.get(id);
  }

  /** Approvals that wait for a decision on a document. */
  boundTo(documentId: string): ApprovalFile[] {
    return this.files.filter(({ doc }) => doc.status === 'pending' && doc.document?.id === documentId);
  }

  /** Whether nobody waits for the outcome any more: the instance that asked has ended otherwise and could not say so. Known where a look was accepted. */
  isAbandoned({ doc: { status, step } }: ApprovalFile): boolean {
    return status === 'pending' && step !== undefined && !this.#asking.has(step.instance);
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

/** The document as approvals are bound to it; none while its bytes are not made. */
export function boundDocument({ _id: id, number, pdf, gross, snapshot }: DocumentRow): ApprovalDocument | undefined {
  return pdf && { id, number, sha256: pdf.sha256, gross, currency: snapshot.currency };
}
