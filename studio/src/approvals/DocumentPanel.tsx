import { ActionIcon, Skeleton, Text } from '@mantine/core';
import { IconDownload, IconFileOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { save } from '../api/files.ts';
import { Failure } from '../parts/Failure.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PdfView } from '../parts/pdf/PdfView.tsx';
import type { Shown } from './useShown.ts';

/** The document that is decided about, just as it will go out. */
export function DocumentPanel({ shown: { document, bytes, sha256, error, retry, markReady } }: { shown: Shown }) {
  const { t } = useTranslation();
  if (document === undefined) {
    return <Nothing icon={IconFileOff} title={t('approvals.noDocument')} hint={t('approvals.noDocumentHint')} />;
  }
  const title = t('approvals.documentNo', { number: document.number });
  if (error) return <Failure error={error} onRetry={retry} />;
  if (bytes === undefined) return <Skeleton height={520} />;
  return (
    <div>
      <PdfView key={document.id} bytes={bytes} title={title} onShown={markReady}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('document.download', { number: document.number })}
          onClick={() => save(new Blob([bytes.slice()], { type: 'application/pdf' }), `${document.number}.pdf`)}
        >
          <IconDownload size={18} />
        </ActionIcon>
      </PdfView>
      <Text size="xs" c="dimmed" mt={4} className="wrapped">
        {title} · SHA-256 {sha256}
      </Text>
    </div>
  );
}
