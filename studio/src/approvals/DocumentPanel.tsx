import { Text } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DocumentPages } from '../documents/DocumentPages.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import type { Shown } from './useShown.ts';

/** The document that is decided about, just as it will go out. */
export function DocumentPanel({ shown: { document, sha256, markReady } }: { shown: Shown }) {
  const { t } = useTranslation();
  if (document === undefined) {
    return <Nothing icon={IconFileOff} title={t('approvals.noDocument')} hint={t('approvals.noDocumentHint')} />;
  }
  const { id, number } = document;
  return (
    <div>
      <DocumentPages id={id} number={number} onShown={markReady} />
      <Text size="xs" c="dimmed" mt={4} className="wrapped">
        {t('document.title', { number })} · SHA-256 {sha256}
      </Text>
    </div>
  );
}
