import { Chip, Group, Select, TextInput } from '@mantine/core';
import { IconHeadset, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ticketPriorities } from '../../../engine/model/ticket.ts';
import { useMe } from '../api/me.ts';
import { type TicketFilter, ticketList } from '../api/tickets.ts';
import { Failure } from '../parts/Failure.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { useLive } from '../parts/useLive.ts';
import { useSearchText } from '../parts/useSearchText.ts';

import { TicketTable } from './TicketTable.tsx';

const route = getRouteApi('/tickets');
const views = ['active', 'mine', 'nobody', 'breached', 'all'] as const;
type View = (typeof views)[number];

function filterOf(view: View, me: string): TicketFilter {
  switch (view) {
    case 'active':
      return { status: 'active', sort: 'due' };
    case 'mine':
      return { status: 'active', assignee: me, sort: 'due' };
    case 'nobody':
      return { status: 'active', assignee: null, sort: 'due' };
    case 'breached':
      return { status: 'active', breached: true, sort: 'due' };
    case 'all':
      return { sort: 'updated' };
  }
}

/** What customers wait for, the most pressing first. */
export function QueuePage() {
  const { t } = useTranslation();
  const me = useMe();
  const { view: chosen, search: text, priority } = route.useSearch();
  const navigate = route.useNavigate();
  useLive('tickets');
  const view = views.find((one) => one === chosen) ?? 'active';
  const set = (part: { view?: string; search?: string; priority?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const search = useSearchText(text ?? '', (value) => set({ search: value }));
  const filter = { ...filterOf(view, me), ...(text && { search: text }), ...(priority && { priority }) };
  const list = useInfiniteQuery({ ...ticketList(filter), placeholderData: keepPreviousData });
  const tickets = list.data?.pages.flatMap((page) => page.items) ?? [];
  const narrowed = view !== 'all' || Boolean(text) || Boolean(priority);
  return (
    <>
      <PageHead title={t('nav.tickets')} note={t('tickets.note')} />
      <Group mb="md" gap="sm">
        <Chip.Group value={view} onChange={(value) => set({ view: value })}>
          <Group gap={6} role="group" aria-label={t('tickets.view')}>
            {views
              .filter((one) => one !== 'mine' || me !== '')
              .map((one) => (
                <Chip key={one} size="xs" value={one}>
                  {t(`ticketView.${one}`)}
                </Chip>
              ))}
          </Group>
        </Chip.Group>
        <TextInput
          type="search"
          flex="1 1 220px"
          maw={360}
          aria-label={t('tickets.search')}
          placeholder={t('tickets.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          {...search}
        />
        <Select
          w={150}
          aria-label={t('tickets.priority')}
          placeholder={t('tickets.priority')}
          clearable
          value={priority ?? null}
          onChange={(value) => set({ priority: value ?? '' })}
          data={ticketPriorities.map((value) => ({ value, label: t(`priority.${value}`) }))}
        />
      </Group>
      {list.isPending && <RowsSkeleton />}
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && tickets.length === 0 && (
        <Nothing
          icon={IconHeadset}
          title={narrowed ? t('tickets.notFound') : t('tickets.empty')}
          hint={narrowed ? t('tickets.notFoundHint') : t('tickets.emptyHint')}
        />
      )}
      {tickets.length > 0 && <TicketTable tickets={tickets} />}
      <MoreButton list={list} />
    </>
  );
}
