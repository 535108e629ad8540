import { Group, Select } from '@mantine/core';
import { IconRun } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { compile } from '../../../engine/process/compile.ts';
import type { Process } from '../../../engine/schema/index.ts';
import { instanceList } from '../api/processes.ts';
import { Failure } from '../parts/Failure.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { InstanceDrawer } from './InstanceDrawer.tsx';
import { InstanceTable } from './InstanceTable.tsx';
import { useStepName } from './useStepName.ts';

const route = getRouteApi('/processes/$key');
const statuses = ['starting', 'running', 'paused', 'ended'] as const;

interface Props {
  processKey: string;
  process: Process | undefined;
}

export function InstancesTab({ processKey, process }: Props) {
  const { t } = useTranslation();
  const { status, step, instance } = route.useSearch();
  const navigate = route.useNavigate();
  const name = useStepName();
  const set = (part: { status?: string; step?: string; instance?: string }) =>
    void navigate({ search: { tab: 'instances', status, step, ...part } });
  const list = useInfiniteQuery({
    ...instanceList({ process: processKey, ...(status && { status }), ...(step && { step }) }),
    placeholderData: keepPreviousData,
  });
  const instances = list.data?.pages.flatMap((page) => page.items) ?? [];
  const steps = process ? [...compile(process).steps.values()] : [];
  const filtered = Boolean(status || step);
  return (
    <>
      <Group mb="md" gap="sm">
        <Select
          w={180}
          aria-label={t('common.status')}
          placeholder={t('common.status')}
          clearable
          value={status ?? null}
          onChange={(value) => set({ status: value ?? '' })}
          data={statuses.map((value) => ({ value, label: t(`status.${value}`) }))}
        />
        <Select
          w={280}
          aria-label={t('process.step')}
          placeholder={t('process.step')}
          clearable
          searchable
          value={step ?? null}
          onChange={(value) => set({ step: value ?? '' })}
          data={steps.map(({ step: one }) => ({ value: one.id, label: `${name(one)} (${one.id})` }))}
        />
      </Group>
      {list.isPending && <RowsSkeleton />}
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && instances.length === 0 && (
        <Nothing
          icon={IconRun}
          title={filtered ? t('process.noMatch') : t('process.noInstances')}
          hint={filtered ? t('process.noMatchHint') : t('process.noInstancesHint')}
        />
      )}
      {instances.length > 0 && <InstanceTable instances={instances} onOpen={(id) => set({ instance: id })} />}
      <MoreButton list={list} />
      <InstanceDrawer id={instance} onClose={() => set({})} />
    </>
  );
}
