import { Alert, Button, Text } from '@mantine/core';
import { IconArrowRight, IconCircleCheck, IconCircleX, IconClockX } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Approval, approvalList } from '../api/approvals.ts';
import { useMe } from '../api/me.ts';
import { Moment } from '../parts/Moment.tsx';

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

/** Whoever goes through a pile goes on with the next. */
function Next({ after }: { after: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const { data } = useInfiniteQuery({ ...approvalList({ approver: me, status: 'pending' }), enabled: me !== '' });
  const waiting = (data?.pages.flatMap((page) => page.items) ?? []).filter(({ id }) => id !== after);
  const [next] = waiting;
  if (next === undefined) return null;
  return (
    <Button
      renderRoot={(props) => <Link to="/approvals/$id" params={{ id: next.id }} {...props} />}
      variant="light"
      rightSection={<IconArrowRight size={16} aria-hidden />}
    >
      {t('approvals.next', { count: waiting.length })}
    </Button>
  );
}
