import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { approvalList } from '../api/approvals.ts';
import { useMe } from '../api/me.ts';
import { byPressure } from './pressing.ts';

/** Whoever goes through a pile goes on with the next. */
export function Next({ after }: { after: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const { data } = useInfiniteQuery({ ...approvalList({ approver: me, status: 'pending' }), enabled: me !== '' });
  const waiting = (data?.pages.flatMap((page) => page.items) ?? []).filter(({ id }) => id !== after).sort(byPressure);
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
