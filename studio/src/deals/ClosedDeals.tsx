import { Table, Text } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Deal, type DealFilter, dealList, pipeline as pipelineQuery } from '../api/deals.ts';
import { Failure } from '../parts/Failure.tsx';
import { inLanguage } from '../parts/localized.ts';
import { Moment } from '../parts/Moment.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { moneyText } from '../parts/money.ts';
import { moveFocus } from '../parts/move-focus.ts';
import { Nothing } from '../parts/Nothing.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { TextLink } from '../parts/TextLink.tsx';
import { PersonName } from '../tickets/PersonName.tsx';

/** Deals that are won or lost, the latest changed first. */
export function ClosedDeals({ filter }: { filter: DealFilter & { pipeline: string } }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery({ ...dealList(filter), placeholderData: keepPreviousData });
  const deals = list.data?.pages.flatMap((page) => page.items) ?? [];
  const lost = filter.status === 'lost';
  if (list.isPending) return <RowsSkeleton />;
  if (list.isError) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  if (deals.length === 0) {
    return (
      <Nothing
        icon={IconArchive}
        title={t(lost ? 'deals.noneLost' : 'deals.noneWon')}
        hint={t('deals.noneClosedHint')}
      />
    );
  }
  return (
    <>
      <Table.ScrollContainer minWidth={680}>
        <Table highlightOnHover verticalSpacing="sm" aria-label={t('nav.deals')} onKeyDown={moveFocus}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('deals.number')}</Table.Th>
              <Table.Th>{t('deals.title')}</Table.Th>
              <Table.Th ta="end">{t('deals.amount')}</Table.Th>
              <Table.Th>{t('deals.owner')}</Table.Th>
              {lost && <Table.Th>{t('deals.lostReason')}</Table.Th>}
              <Table.Th>{t('deals.closed')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {deals.map((deal) => (
              <Line key={deal.id} deal={deal} lost={lost} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <MoreButton list={list} />
    </>
  );
}

function Line({ deal, lost }: { deal: Deal; lost: boolean }) {
  const { t, i18n } = useTranslation();
  const { data: definition } = useQuery(pipelineQuery(deal.pipeline));
  const reason = definition?.lostReasons.find(({ key }) => key === deal.lostReason)?.name ?? deal.lostReason ?? '';
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" c="dimmed">
          {deal.number}
        </Text>
      </Table.Td>
      <Table.Td maw={380}>
        <TextLink to="/deals/$id" params={{ id: deal.id }} fw={600} className="wrapped row">
          {deal.title}
        </TextLink>
        <Text size="xs" c="dimmed" className="wrapped">
          {deal.contactName}
        </Text>
      </Table.Td>
      <Table.Td ta="end" style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
        {deal.amount === undefined ? '–' : moneyText(deal.amount, deal.currency, i18n.language)}
      </Table.Td>
      <Table.Td>
        <PersonName user={deal.owner} size="sm" />
      </Table.Td>
      {lost && <Table.Td>{inLanguage(reason, i18n.language) || t('common.none')}</Table.Td>}
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {deal.closedAt !== undefined && <Moment at={deal.closedAt} c="dimmed" />}
      </Table.Td>
    </Table.Tr>
  );
}
