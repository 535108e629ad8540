import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { contactTimeline } from '../api/contacts.ts';
import type { RowType } from '../api/types.ts';
import { TimelinePanel } from './TimelinePanel.tsx';

const route = getRouteApi('/contacts/$id');
const types: RowType[] = ['step', 'message', 'event', 'score', 'record', 'task', 'document'];

/** Everything that happened to a contact. */
export function ContactTimeline({ id }: { id: string }) {
  const { show } = route.useSearch();
  const navigate = route.useNavigate();
  const type = types.find((one) => one === show);
  const list = useInfiniteQuery(contactTimeline(id, type));
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const choose = (value: string) => void navigate({ search: { show: value }, replace: true });
  return <TimelinePanel types={types} type={type} onType={choose} list={list} rows={rows} />;
}
