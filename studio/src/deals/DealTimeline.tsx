import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dealTimeline } from '../api/deals.ts';
import type { RowType, TimelineRow } from '../api/types.ts';
import { TimelinePanel } from '../contacts/TimelinePanel.tsx';

const types: RowType[] = ['event', 'message', 'document', 'task', 'step'];

/** Everything that happened with a deal: its moves with who and why, tasks, documents, messages, steps. */
export function DealTimeline({ id }: { id: string }) {
  const [type, setType] = useState<RowType>();
  const list = useInfiniteQuery(dealTimeline(id, type));
  const rows = (list.data?.pages.flatMap((page) => page.items) ?? []).filter((row) => !isShadow(row));
  const choose = (value: string) => setType(types.find((one) => one === value));
  return <TimelinePanel types={types} type={type} onType={choose} list={list} rows={rows} />;
}

const placeFields = new Set(['pipeline', 'stage', 'status']);

/** A move is told twice: as a change of fields, and by its own name with who and why. */
function isShadow({ title, detail: { changes } }: TimelineRow): boolean {
  if (title !== 'deal.changed' || !Array.isArray(changes)) return false;
  return changes.every((change) => placeFields.has(change.field));
}
