import { Button, Table, Text } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DealCard } from '../api/deals.ts';
import { moneyText } from '../parts/money.ts';
import { Panel } from '../parts/Panel.tsx';
import { ItemsEditor } from './ItemsEditor.tsx';
import { lineTotal, total } from './items.ts';

/** What the deal is for, line by line. */
export function ItemsPanel({ deal }: { deal: DealCard }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const none = deal.items.length === 0;
  return (
    <Panel
      title={t('deals.items')}
      aside={
        !editing && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={none ? <IconPlus size={15} aria-hidden /> : <IconPencil size={15} aria-hidden />}
            onClick={() => setEditing(true)}
          >
            {t(none ? 'deals.addItems' : 'deals.editItems')}
          </Button>
        )
      }
    >
      {editing && <ItemsEditor deal={deal} onClose={() => setEditing(false)} />}
      {!editing && none && (
        <Text size="sm" c="dimmed">
          {t('deals.noItems')}
        </Text>
      )}
      {!editing && !none && <Items deal={deal} />}
    </Panel>
  );
}

function Items({ deal: { items, currency, amount } }: { deal: DealCard }) {
  const { t, i18n } = useTranslation();
  const money = (amount: number) => moneyText(amount, currency, i18n.language);
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 6 });
  const sum = total(items);
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table verticalSpacing={6} aria-label={t('deals.items')} className="item-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('deals.item')}</Table.Th>
            <Table.Th ta="end">{t('deals.quantity')}</Table.Th>
            <Table.Th ta="end">{t('deals.price')}</Table.Th>
            <Table.Th ta="end">{t('deals.tax')}</Table.Th>
            <Table.Th ta="end">{t('deals.total')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item, index) => (
            // Lines have no name of their own, and are only ever replaced all at once.
            <Table.Tr key={index}>
              <Table.Td className="wrapped">{item.name}</Table.Td>
              <Table.Td ta="end">{number.format(item.quantity)}</Table.Td>
              <Table.Td ta="end">{money(item.price)}</Table.Td>
              <Table.Td ta="end">{item.tax === undefined ? '–' : `${number.format(item.tax)} %`}</Table.Td>
              <Table.Td ta="end">{money(Math.round(lineTotal(item) * 100) / 100)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        {items.length > 1 && (
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th colSpan={4}>{t('deals.sum')}</Table.Th>
              <Table.Th ta="end">{money(sum)}</Table.Th>
            </Table.Tr>
          </Table.Tfoot>
        )}
        {amount !== undefined && amount !== sum && (
          <Table.Caption>{t('deals.otherAmount', { amount: money(amount) })}</Table.Caption>
        )}
      </Table>
    </Table.ScrollContainer>
  );
}
