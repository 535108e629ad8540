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
      <Detail detail={detail} />
    </>
  );
}
