import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLayoutKanban, IconPlus, IconSearchOff } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type BoardFilter, board as boardQuery, pipelineList } from '../api/deals.ts';
import { useMe } from '../api/me.ts';
import { Failure } from '../parts/Failure.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { useLive } from '../parts/useLive.ts';
import { BoardFilters, ownerOf } from './BoardFilters.tsx';
import { BoardView } from './BoardView.tsx';
import { ClosedDeals } from './ClosedDeals.tsx';
import { NewDealDialog } from './NewDealDialog.tsx';

const route = getRouteApi('/deals');

/** The deals of a pipeline, stage by stage; those that are over as a list. */
export function BoardPage() {
  const { t } = useTranslation();
  const me = useMe();
  const { pipeline: chosen, owner, search, show } = route.useSearch();
  const [opened, { open, close }] = useDisclosure();
  const { data: pipelines, error, isPending, refetch } = useQuery(pipelineList);
  useLive('deals');
  const pipeline = (pipelines?.find(({ key }) => key === chosen) ?? pipelines?.[0])?.key;
  const filter: BoardFilter = { ...ownerOf(owner, me), ...(search !== undefined && { search }) };
  const over = show === 'won' || show === 'lost' ? show : undefined;
  return (
    <>
      <PageHead title={t('nav.deals')} note={t('deals.note')}>
        {pipeline !== undefined && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
            {t('deals.newDeal')}
          </Button>
        )}
      </PageHead>
      {isPending && <RowsSkeleton />}
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {pipelines?.length === 0 && (
        <Nothing icon={IconLayoutKanban} title={t('deals.noPipeline')} hint={t('deals.noPipelineHint')} />
      )}
      {pipelines !== undefined && pipeline !== undefined && (
        <>
          <BoardFilters pipelines={pipelines} pipeline={pipeline} />
          {over === undefined ? (
            <OpenDeals pipeline={pipeline} filter={filter} onNew={open} />
          ) : (
            <ClosedDeals filter={{ pipeline, status: over, ...ownerOf(owner, me) }} />
          )}
          <NewDealDialog opened={opened} onClose={close} pipeline={pipeline} />
        </>
      )}
    </>
  );
}

function OpenDeals({ pipeline, filter, onNew }: { pipeline: string; filter: BoardFilter; onNew: () => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({ ...boardQuery(pipeline, filter), placeholderData: keepPreviousData });
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <RowsSkeleton height={120} />;
  const empty = data.stages.every(({ count }) => count === 0);
  const narrowed = Object.keys(filter).length > 0;
  if (empty && narrowed)
    return <Nothing icon={IconSearchOff} title={t('deals.notFound')} hint={t('deals.notFoundHint')} />;
  if (empty) {
    return (
      <Nothing icon={IconLayoutKanban} title={t('deals.empty')} hint={t('deals.emptyHint')}>
        <Group mt="sm">
          <Button variant="light" leftSection={<IconPlus size={16} aria-hidden />} onClick={onNew}>
            {t('deals.newDeal')}
          </Button>
        </Group>
      </Nothing>
    );
  }
  return <BoardView board={data} />;
}
