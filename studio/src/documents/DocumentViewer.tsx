import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Document } from '../api/documents.ts';
import { DocumentPages } from './DocumentPages.tsx';

interface Props {
  /** undefined: none is shown. */
  document: Document | undefined;
  onClose: () => void;
}

/** A document as it went out. */
export function DocumentViewer({ document, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={document !== undefined}
      onClose={onClose}
      position="right"
      size="min(900px, 100%)"
      title={document?.number}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {document && <DocumentPages id={document.id} number={document.number} />}
    </Drawer>
  );
}
