import { Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { moneyOfDeal } from '../api/money.ts';
import { Failure } from '../parts/Failure.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { Panel } from '../parts/Panel.tsx';
import { MoneyLines } from './MoneyLines.tsx';
import { Sum } from './Sum.tsx';

/** What came in for a deal and what is left, with its orders and payments. */
export function DealMoneyPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(moneyOfDeal(id));
  return (
    <Panel title={t('money.title')}>
      {isPending && <RowsSkeleton height={20} />}
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {data && (
        <Stack gap="sm">
          <Group gap="lg">
            <Sum name={t('money.paid')} amount={data.paid} currency={data.currency} />
            {data.left !== undefined && <Sum name={t('money.left')} amount={data.left} currency={data.currency} />}
          </Group>
          {data.amount !== undefined && data.amount > 0 && (
            <Progress value={Math.min(100, (data.paid / data.amount) * 100)} aria-label={t('money.paid')} />
          )}
          {data.orders.length + data.payments.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('money.nonePaid')}
            </Text>
          ) : (
            <MoneyLines orders={data.orders} payments={data.payments} />
          )}
        </Stack>
      )}
    </Panel>
  );
}
