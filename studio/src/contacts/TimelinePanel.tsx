import { Chip, Group } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowType, TimelineRow } from '../api/types.ts';
import { Failure } from '../parts/Failure.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { Panel } from '../parts/Panel.tsx';
import { TimelineDays } from './TimelineDays.tsx';

interface Props {
  /** Of which rows there may be only those of one. */
  types: readonly RowType[];
  type: RowType | undefined;
  /** '': all of them. */
  onType: (type: string) => void;
  list: UseInfiniteQueryResult;
  rows: TimelineRow[];
  /** What can be done about a row, shown on it. */
  deedOf?: (row: TimelineRow) => ReactNode;
}

/** What happened, latest first, by day; of one type where that is chosen. */
export function TimelinePanel({ types, type, onType, list, rows, deedOf }: Props) {
  const { t } = useTranslation();
  return (
    <Panel title={t('contacts.timeline')}>
      <Chip.Group value={type ?? ''} onChange={(value) => onType(String(value))}>
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
      <TimelineDays rows={rows} deedOf={deedOf} />
      <MoreButton list={list} />
    </Panel>
  );
}
