import { Chip, Group } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type ApprovalFilter, approvalList } from '../api/approvals.ts';
import { useMe } from '../api/me.ts';
import { ChooseMe } from '../parts/ChooseMe.tsx';
import { Failure } from '../parts/Failure.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { moveFocus } from '../parts/move-focus.ts';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { ApprovalRow } from './ApprovalRow.tsx';
import { byPressure } from './pressing.ts';
import './approvals.css';

const route = getRouteApi('/approvals');
const views = ['mine', 'pending', 'decided'] as const;
type View = (typeof views)[number];

function filterOf(view: View, me: string): ApprovalFilter {
  switch (view) {
    case 'mine':
      return { approver: me, status: 'pending' };
    case 'pending':
      return { status: 'pending' };
    case 'decided':
      return { status: 'decided' };
  }
}

/** What waits for somebody's word: one's own first. */
export function ApprovalsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const { view: chosen } = route.useSearch();
  const navigate = route.useNavigate();
  const view = views.find((one) => one === chosen) ?? 'mine';
  const unknown = view === 'mine' && me === '';
  const list = useInfiniteQuery({
    ...approvalList(filterOf(view, me)),
    placeholderData: keepPreviousData,
    enabled: !unknown,
  });
  const listed = list.data?.pages.flatMap((page) => page.items) ?? [];
  const approvals = view === 'decided' ? listed : listed.sort(byPressure);
  return (
    <>
      <PageHead title={t('nav.approvals')} note={t('approvals.note')} />
      <Chip.Group value={view} onChange={(value) => void navigate({ search: { view: value }, replace: true })}>
        <Group gap={6} mb="md" role="group" aria-label={t('approvals.view')}>
          {views.map((one) => (
            <Chip key={one} size="xs" value={one}>
              {t(`approvalView.${one}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {unknown && <ChooseMe hint={t('approvals.chooseHint')} />}
      {!unknown && list.isPending && <RowsSkeleton height={72} />}
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && approvals.length === 0 && (
        <Nothing icon={IconChecklist} title={t(`noApproval.${view}`)} hint={t(`noApprovalHint.${view}`)} />
      )}
      {approvals.length > 0 && (
        <ul className="approvals" aria-label={t('nav.approvals')} onKeyDown={moveFocus}>
          {approvals.map((approval) => (
            <ApprovalRow key={approval.id} approval={approval} />
          ))}
        </ul>
      )}
      <MoreButton list={list} />
    </>
  );
}
