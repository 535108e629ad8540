import { ActionIcon, Drawer, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Document, documentPdf } from '../api/documents.ts';
import { save } from '../api/files.ts';
import { Failure } from '../parts/Failure.tsx';
import { PdfView } from '../parts/pdf/PdfView.tsx';

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
      {document && <Pages document={document} />}
    </Drawer>
  );
}

function Pages({ document: { id, number } }: { document: Document }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(documentPdf(id));
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton height={560} />;
  return (
    <PdfView bytes={data.bytes} title={number}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('document.download', { number })}
        onClick={() => save(new Blob([data.bytes.slice()], { type: 'application/pdf' }), `${number}.pdf`)}
      >
        <IconDownload size={18} />
      </ActionIcon>
    </PdfView>
  );
}
