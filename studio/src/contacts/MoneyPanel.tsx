import { Alert, Box, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type ContactMoney, moneyOfContact } from '../api/money.ts';
import { errorText } from '../parts/explain.ts';
import { Failure } from '../parts/Failure.tsx';
import { Moment } from '../parts/Moment.tsx';
import { moneyText } from '../parts/money.ts';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { Panel } from '../parts/Panel.tsx';
import { MoneyLines } from './MoneyLines.tsx';

/** What a contact has ordered and paid, and what could not be booked. */
export function MoneyPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(moneyOfContact(id));
  return (
    <Panel title={t('money.title')}>
      {isPending && <RowsSkeleton height={20} />}
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {data && <Money data={data} />}
    </Panel>
  );
}

function Money({ data: { money, orders, payments, refused } }: { data: ContactMoney }) {
  const { t, i18n } = useTranslation();
  if (money === undefined && refused.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('money.none')}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      {money && (
        <Group gap="lg">
          {(['paid', 'ordered', 'average'] as const).map((name) => (
            <Box key={name}>
              <Text fz={20} fw={650} lh={1.2} style={{ whiteSpace: 'nowrap' }}>
                {moneyText(money[name], money.currency, i18n.language)}
              </Text>
              <Text size="xs" c="dimmed">
                {t(`money.${name}`)}
              </Text>
            </Box>
          ))}
        </Group>
      )}
      {money?.other.map(({ currency, paid, ordered }) => (
        <Text key={currency} size="sm" c="dimmed">
          {t('money.other', {
            paid: moneyText(paid, currency, i18n.language),
            ordered: moneyText(ordered, currency, i18n.language),
          })}
        </Text>
      ))}
      <MoneyLines orders={orders} payments={payments} />
      {refused.map(({ event, code, message, at }) => (
        <Alert key={event} color="yellow" title={errorText(code, 'title', t)} p="xs">
          <Text size="sm" className="wrapped">
            {message}
          </Text>
          <Moment at={at} size="xs" c="dimmed" />
        </Alert>
      ))}
    </Stack>
  );
}
