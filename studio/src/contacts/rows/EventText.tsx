import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TimelineRow } from '../../api/types.ts';
import { Detail } from '../../parts/Detail.tsx';

export function EventText({ row: { title, detail } }: { row: TimelineRow }) {
  const { t } = useTranslation();
  const name = String(title);
  const words = t(`event.${name.replaceAll('.', '-')}`, name);
  return (
    <>
      <Text span fw={600} size="sm">
        {words}
      </Text>{' '}
      {words !== name && (
        <Text span c="dimmed" size="xs">
          {name}
        </Text>
      )}
      <Detail detail={detail} without={['message']} />
    </>
  );
}
