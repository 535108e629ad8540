import { Alert, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconClockX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../api/approvals.ts';
import { Moment } from '../parts/Moment.tsx';
import { Next } from './Next.tsx';

const looks = {
  approved: { color: 'green', icon: IconCircleCheck },
  rejected: { color: 'red', icon: IconCircleX },
  'timed-out': { color: 'orange', icon: IconClockX },
  withdrawn: { color: 'gray', icon: IconCircleX },
  pending: { color: 'blue', icon: IconClockX },
} as const;

/** What it came to, and the way to what waits next. */
export function Decided({ approval: { id, status, decidedAt } }: { approval: Approval }) {
  const { t } = useTranslation();
  const { color, icon: Sign } = looks[status];
  return (
    <>
      <Alert color={color} icon={<Sign aria-hidden />} title={t(`approvalEnd.${status}`)} role="status">
        {decidedAt !== undefined && (
          <Text size="sm">
            <Moment at={decidedAt} span />
          </Text>
        )}
      </Alert>
      <Next after={id} />
    </>
  );
}
