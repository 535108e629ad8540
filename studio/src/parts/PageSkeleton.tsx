import { Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const rows = [100, 94, 98, 90, 96];

/** The outline of a list while it is on its way. */
export function RowsSkeleton({ height = 44 }: { height?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" role="status" aria-busy="true" aria-label={t('common.loading')}>
      {rows.map((width) => (
        <Skeleton key={width} height={height} width={`${width}%`} />
      ))}
    </Stack>
  );
}

export function PageSkeleton() {
  return (
    <Stack>
      <Skeleton height={32} width={220} />
      <RowsSkeleton />
    </Stack>
  );
}
