import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../api/approvals.ts';

const colours: Record<Approval['status'], string> = {
  pending: 'blue',
  approved: 'green',
  rejected: 'red',
  'timed-out': 'orange',
  withdrawn: 'gray',
};

export function ApprovalBadge({ status }: { status: Approval['status'] }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" tt="none" color={colours[status]}>
      {t(`approvalStatus.${status}`)}
    </Badge>
  );
}
