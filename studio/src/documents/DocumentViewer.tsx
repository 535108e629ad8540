import type { Document } from '../api/documents.ts';
import { SideSheet } from '../parts/SideSheet.tsx';
import { DocumentPages } from './DocumentPages.tsx';

interface Props {
  /** undefined: none is shown. */
  document: Document | undefined;
  onClose: () => void;
}

/** A document as it went out. */
export function DocumentViewer({ document, onClose }: Props) {
  return (
    <SideSheet opened={document !== undefined} onClose={onClose} size="min(900px, 100%)" title={document?.number}>
      {document && <DocumentPages id={document.id} number={document.number} />}
    </SideSheet>
  );
}
