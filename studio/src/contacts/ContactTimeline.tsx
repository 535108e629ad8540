import { Chip, Group } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { contactTimeline } from '../api/contacts.ts';
import type { RowType } from '../api/types.ts';
import { Failure } from '../parts/Failure.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { Panel } from '../parts/Panel.tsx';
import { TimelineDays } from './TimelineDays.tsx';

const route = getRouteApi('/contacts/$id');
const types: RowType[] = ['step', 'message', 'event', 'score', 'record', 'task', 'document'];

/** Everything that happened to a contact, latest first, by day. */
export function ContactTimeline({ id }: { id: string }) {
  const { t } = useTranslation();
  const { show } = route.useSearch();
  const navigate = route.useNavigate();
  const type = types.find((one) => one === show);
  const list = useInfiniteQuery(contactTimeline(id, type));
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title={t('contacts.timeline')}>
      <Chip.Group value={type ?? ''} onChange={(value) => void navigate({ search: { show: value }, replace: true })}>
        <Group gap={6} mb="md" role="group" aria-label={t('contacts.filter')}>
          <Chip size="xs" value="">
            {t('contacts.everything')}
          </Chip>
          {types.map((one) => (
            <Chip key={one} size="xs" value={one}>
              {t(`row.${one}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {list.isPending && <RowsSkeleton height={40} />}
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && (
        <Nothing icon={IconHistory} heading={3} title={t('contacts.noRows')} hint={t('contacts.noRowsHint')} />
      )}
      <TimelineDays rows={rows} />
      <MoreButton list={list} />
    </Panel>
  );
}
