import { ActionIcon, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { documentPdf } from '../api/documents.ts';
import { save } from '../api/files.ts';
import { Failure } from '../parts/Failure.tsx';
import { PdfView } from '../parts/pdf/PdfView.tsx';

interface Props {
  id: string;
  number: string;
  /** Told when its first page can be read. */
  onShown?: (bytes: Uint8Array) => void;
}

/** The pages of a document, just as it went out or will. */
export function DocumentPages({ id, number, onShown }: Props) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(documentPdf(id));
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton height={560} />;
  return (
    <PdfView key={id} bytes={data.bytes} title={t('document.title', { number })} {...(onShown && { onShown })}>
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
