import { Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../api/types.ts';
import { Detail } from '../parts/Detail.tsx';

/** One decision of an instance: what it did, at which step, and what it read to decide so. */
export function EntryText({ entry }: { entry: Pick<Entry, 'kind' | 'step' | 'visit' | 'detail'> }) {
  const { t } = useTranslation();
  return (
    <>
      <Text span fw={600} size="sm">
        {t(`entry.${entry.kind}`)}
      </Text>{' '}
      {entry.step && <Code>{entry.step}</Code>}{' '}
      {entry.visit !== undefined && entry.visit > 1 && (
        <Text span size="xs" c="dimmed">
          {t('entry.visit', { count: entry.visit })}
        </Text>
      )}
      {entry.detail && <Detail detail={entry.detail} without={['eventId']} />}
    </>
  );
}
