import { Box, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { moneyText } from '../parts/money.ts';

/** An amount in large figures over its name. */
export function Sum({ name, amount, currency }: { name: string; amount: number; currency: string }) {
  const { i18n } = useTranslation();
  return (
    <Box>
      <Text fz={20} fw={650} lh={1.2} style={{ whiteSpace: 'nowrap' }}>
        {moneyText(amount, currency, i18n.language)}
      </Text>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
    </Box>
  );
}
