import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TimelineRow } from '../../api/types.ts';

export function ScoreText({ row: { title, detail } }: { row: TimelineRow }) {
  const { t, i18n } = useTranslation();
  const points = Number(detail.points);
  const signed = new Intl.NumberFormat(i18n.language, { signDisplay: 'always', maximumFractionDigits: 1 });
  return (
    <>
      <Text span fw={600} size="sm">
        {t('score.points', { count: Math.abs(points), points: signed.format(points) })}
      </Text>
      {' · '}
      {String(detail.reason ?? title)}{' '}
      <Text span c="dimmed" size="xs">
        {t(`score.${detail.axis}`)}
      </Text>
    </>
  );
}
