import { Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type DealMoney, dealMoneyOf } from '../api/deals.ts';
import { Failure } from '../parts/Failure.tsx';
import { Moment } from '../parts/Moment.tsx';
import { moneyText } from '../parts/money.ts';
import { Panel } from '../parts/Panel.tsx';

/** How much of a deal is paid, by which payments. */
export function MoneyPanel({ id }: { id: string }) {
  const { t, i18n } = useTranslation();
  const { data, error, refetch } = useQuery(dealMoneyOf(id));
  const money = (amount: number, currency: string) => moneyText(amount, currency, i18n.language);
  return (
    <Panel title={t('deals.money')}>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {data && (
        <Stack gap="sm">
          <Group justify="space-between" align="baseline" gap="xs">
            <Text fw={700} size="lg" style={{ fontVariantNumeric: 'tabular-nums' }}>
              {money(data.paid, data.currency)}
            </Text>
            {data.amount !== undefined && (
              <Text size="sm" c="dimmed">
                {t('deals.ofAmount', { amount: money(data.amount, data.currency) })}
              </Text>
            )}
          </Group>
          {data.amount !== undefined && data.amount > 0 && (
            <Progress
              value={Math.min(100, Math.max(0, (data.paid / data.amount) * 100))}
              color={data.paid >= data.amount ? 'green' : 'pine'}
              aria-label={t('deals.money')}
            />
          )}
          {data.left !== undefined && data.left > 0 && data.paid > 0 && (
            <Text size="sm">{t('deals.left', { amount: money(data.left, data.currency) })}</Text>
          )}
          <Payments payments={data.payments} />
        </Stack>
      )}
    </Panel>
  );
}

function Payments({ payments }: Pick<DealMoney, 'payments'>) {
  const { t, i18n } = useTranslation();
  if (payments.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('deals.noPayments')}
      </Text>
    );
  }
  return (
    <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
      {payments.map(({ id, kind, amount, currency, at, document, problem }) => (
        <li key={id}>
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <Text size="sm">
              {t(`paymentKind.${kind}`)} {document}
            </Text>
            <Text size="sm" fw={600} style={{ whiteSpace: 'nowrap' }}>
              {kind === 'refund' && '−'}
              {moneyText(amount, currency, i18n.language)}
            </Text>
          </Group>
          <Moment at={at} size="xs" c="dimmed" />
          {problem && (
            <Text size="xs" c="var(--mantine-color-orange-light-color)" className="wrapped">
              {problem.message}
            </Text>
          )}
        </li>
      ))}
    </Stack>
  );
}
