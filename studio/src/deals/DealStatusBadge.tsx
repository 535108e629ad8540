import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Deal } from '../api/deals.ts';

const colours: Record<Deal['status'], string> = { open: 'blue', won: 'green', lost: 'red' };

export function DealStatusBadge({ status }: { status: Deal['status'] }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" tt="none" color={colours[status]}>
      {t(`dealStatus.${status}`)}
    </Badge>
  );
}
