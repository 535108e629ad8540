import { Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Approval, approval as approvalQuery } from '../api/approvals.ts';
import { BackLink } from '../parts/BackLink.tsx';
import { Failure } from '../parts/Failure.tsx';
import { inLanguage } from '../parts/localized.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { PageSkeleton } from '../parts/PageSkeleton.tsx';
import { ApprovalBadge } from './ApprovalBadge.tsx';
import { DecisionPanel } from './DecisionPanel.tsx';
import { DocumentPanel } from './DocumentPanel.tsx';
import { FactsPanel } from './FactsPanel.tsx';
import { StagesPanel } from './StagesPanel.tsx';
import { TrailPanel } from './TrailPanel.tsx';
import { useShown } from './useShown.ts';
import './approvals.css';

const route = getRouteApi('/approvals/$id');

/** The card of an approval: the document, and beside it all that one needs to decide. */
export function ApprovalPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const { data: approval, error, isPending, refetch } = useQuery(approvalQuery(id));
  if (isPending) return <PageSkeleton />;
  if (error)
    return (
      <>
        <BackLink to="/approvals" />
        <PageHead title={t('nav.approvals')} />
        <Failure error={error} onRetry={() => void refetch()} />
      </>
    );
  return <Card key={id} approval={approval} />;
}

function Card({ approval }: { approval: Approval }) {
  const { i18n } = useTranslation();
  const shown = useShown(approval);
  return (
    <>
      <BackLink to="/approvals" />
      <PageHead
        title={inLanguage(approval.title, i18n.language)}
        note={
          <Group gap="sm">
            <ApprovalBadge status={approval.status} />
          </Group>
        }
      />
      <div className="approval">
        <Stack className="approval-document">
          <FactsPanel approval={approval} />
          <DocumentPanel shown={shown} />
        </Stack>
        <Stack className="approval-decision">
          <DecisionPanel approval={approval} shown={shown} />
          <StagesPanel approval={approval} />
          <TrailPanel approval={approval} />
        </Stack>
      </div>
    </>
  );
}
