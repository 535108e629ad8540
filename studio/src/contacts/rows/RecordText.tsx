import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TimelineRow } from '../../api/types.ts';
import { Detail } from '../../parts/Detail.tsx';

export function RecordText({ row: { title, detail } }: { row: TimelineRow }) {
  const { t } = useTranslation();
  return (
    <>
      <Text span fw={600} size="sm">
        {t(`record.${title}`, String(title))}
      </Text>
      {/* A merge is recorded with both contacts as they were; the changes say what it did. */}
      <Detail detail={detail} without={['before', 'kept', 'mergedFrom']} />
    </>
  );
}
