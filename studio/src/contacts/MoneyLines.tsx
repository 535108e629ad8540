import { Box, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Order, Payment } from '../api/money.ts';
import { errorText } from '../parts/explain.ts';
import { Moment } from '../parts/Moment.tsx';
import { moneyText } from '../parts/money.ts';

/** So many are shown at first. */
const few = 5;

interface Line {
  key: string;
  at: string;
  title: string;
  amount?: { value: number; currency: string };
  struck: boolean;
  note?: string;
}

/** Orders and payments in one line of time, the latest first; what does not count says why. */
export function MoneyLines({ orders, payments }: { orders: readonly Order[]; payments: readonly Payment[] }) {
  const { t } = useTranslation();
  const [all, { open }] = useDisclosure(false);
  const lines = [
    ...orders.map((one): Line => {
      const cancelled = one.cancelledAt !== undefined;
      return {
        key: `order ${one.id}`,
        at: one.placedAt ?? one.cancelledAt ?? '',
        title: t('money.order', { id: one.id }),
        ...(one.amount !== undefined && { amount: { value: one.amount, currency: one.currency } }),
        struck: cancelled,
        ...(cancelled && { note: t('money.cancelled') }),
      };
    }),
    ...payments.map((one): Line => {
      const sign = one.kind === 'refund' ? -1 : 1;
      const about = one.document ?? one.orderId;
      const { problem } = one;
      return {
        key: `payment ${one.id}`,
        at: one.at,
        title: about === undefined ? t(`money.${one.kind}`) : t(`money.${one.kind}Of`, { about }),
        amount: { value: sign * one.amount, currency: one.currency },
        struck: problem?.code === 'REFUND_EXCESSIVE',
        ...(problem && { note: errorText(problem.code, 'title', t) }),
      };
    }),
  ].sort((a, b) => b.at.localeCompare(a.at));
  const shown = all ? lines : lines.slice(0, few);
  return (
    <>
      <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
        {shown.map(({ key, ...line }) => (
          <MoneyLine key={key} {...line} />
        ))}
      </Stack>
      {shown.length < lines.length && (
        <Button variant="subtle" size="xs" mt="xs" onClick={open}>
          {t('common.more')}
        </Button>
      )}
    </>
  );
}

function MoneyLine({ at, title, amount, struck, note }: Omit<Line, 'key'>) {
  const { i18n } = useTranslation();
  return (
    <Group component="li" justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
      <Box miw={0}>
        <Text size="sm" className="wrapped">
          {title}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          <Moment at={at} size="xs" span />
          {note !== undefined && ` · ${note}`}
        </Text>
      </Box>
      {amount !== undefined && (
        <Text size="sm" fw={500} td={struck ? 'line-through' : undefined} style={{ whiteSpace: 'nowrap' }}>
          {moneyText(amount.value, amount.currency, i18n.language)}
        </Text>
      )}
    </Group>
  );
}
