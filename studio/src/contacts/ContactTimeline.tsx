import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contactTimeline } from '../api/contacts.ts';
import type { RowType, TimelineRow } from '../api/types.ts';
import { type Merge, standingMerges } from './merges.ts';
import { TimelinePanel } from './TimelinePanel.tsx';
import { UndoMergeDialog } from './UndoMergeDialog.tsx';

const route = getRouteApi('/contacts/$id');
const types: RowType[] = ['step', 'message', 'event', 'score', 'record', 'task', 'document'];

/** Everything that happened to a contact; merges into it can be undone. */
export function ContactTimeline({ id }: { id: string }) {
  const { t } = useTranslation();
  const { show } = route.useSearch();
  const navigate = route.useNavigate();
  const type = types.find((one) => one === show);
  const list = useInfiniteQuery(contactTimeline(id, type));
  const [undoing, setUndoing] = useState<Merge>();
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const merges = standingMerges(rows, id);
  const choose = (value: string) => void navigate({ search: { show: value }, replace: true });
  const deedOf = (row: TimelineRow) => {
    const merge = merges.get(row);
    if (merge === undefined) return null;
    return (
      <Button
        variant="default"
        size="compact-xs"
        flex="none"
        aria-label={t('contacts.unmergeOf', { name: merge.name })}
        onClick={() => setUndoing(merge)}
      >
        {t('contacts.unmerge')}
      </Button>
    );
  };
  return (
    <>
      <TimelinePanel types={types} type={type} onType={choose} list={list} rows={rows} deedOf={deedOf} />
      <UndoMergeDialog survivor={id} merge={undoing} onClose={() => setUndoing(undefined)} />
    </>
  );
}
