import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TimelineRow } from '../../api/types.ts';
import { Detail } from '../../parts/Detail.tsx';
import { inLanguage } from '../../parts/localized.ts';

export function TaskText({ row: { title, detail } }: { row: TimelineRow }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <Text span fw={600} size="sm">
        {inLanguage(title, i18n.language)}
      </Text>{' '}
      <Badge size="sm" variant="light" tt="none" color={detail.status === 'open' ? 'orange' : 'green'}>
        {t(`task.${detail.status}`, String(detail.status))}
      </Badge>
      <Detail detail={detail} without={['task', 'status']} />
    </>
  );
}
