import { Chip, Group } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dealTimeline } from '../api/deals.ts';
import type { RowType, TimelineRow } from '../api/types.ts';
import { TimelineDays } from '../contacts/TimelineDays.tsx';
import { Failure } from '../parts/Failure.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { Panel } from '../parts/Panel.tsx';

const types: RowType[] = ['event', 'message', 'document', 'task', 'step'];

/** Everything that happened with a deal, latest first, by day: its moves with who and why, tasks, documents, messages, steps. */
export function DealTimeline({ id }: { id: string }) {
  const { t } = useTranslation();
  const [type, setType] = useState<RowType>();
  const list = useInfiniteQuery(dealTimeline(id, type));
  const rows = (list.data?.pages.flatMap((page) => page.items) ?? []).filter((row) => !isShadow(row));
  return (
    <Panel title={t('contacts.timeline')}>
      <Chip.Group value={type ?? ''} onChange={(value) => setType(types.find((one) => one === value))}>
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

const placeFields = new Set(['pipeline', 'stage', 'status']);

/** A move is told twice: as a change of fields, and by its own name with who and why. */
function isShadow({ title, detail: { changes } }: TimelineRow): boolean {
  if (title !== 'deal.changed' || !Array.isArray(changes)) return false;
  return changes.every((change) => placeFields.has(change.field));
}
