import { Badge } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { approvalList } from '../api/approvals.ts';
import { useMe } from '../api/me.ts';
import { day } from '../api/tasks.ts';

/** How much waits for whoever sits here, beside the place in the menu where it does. */
export function Waiting({ at }: { at: string }) {
  const me = useMe();
  if (me === '') return null;
  if (at === '/day') return <Tasks me={me} />;
  return at === '/approvals' ? <Approvals me={me} /> : null;
}

function Tasks({ me }: { me: string }) {
  const { data } = useQuery(day(me));
  const late = data?.overdue.length ?? 0;
  return <Count count={late + (data?.today.length ?? 0)} pressing={late > 0} />;
}

function Approvals({ me }: { me: string }) {
  const { data } = useInfiniteQuery(approvalList({ approver: me, status: 'pending' }));
  const waiting = data?.pages.flatMap((page) => page.items) ?? [];
  return <Count count={waiting.length} pressing={waiting.length > 0} />;
}

function Count({ count, pressing }: { count: number; pressing: boolean }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <Badge size="sm" variant={pressing ? 'filled' : 'light'} color={pressing ? 'red' : 'gray'}>
      <span aria-hidden>{count}</span>
      <span className="visually-hidden">{t('app.waiting', { count })}</span>
    </Badge>
  );
}
