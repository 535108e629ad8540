import { Grid, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type DealCard, deal as dealQuery, pipeline as pipelineQuery } from '../api/deals.ts';
import { contactName } from '../contacts/name.ts';
import { DocumentsPanel } from '../documents/DocumentsPanel.tsx';
import { ChancePanel } from '../forecast/ChancePanel.tsx';
import { BackLink } from '../parts/BackLink.tsx';
import { Failure } from '../parts/Failure.tsx';
import { moneyText } from '../parts/money.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { PageSkeleton } from '../parts/PageSkeleton.tsx';
import { TextLink } from '../parts/TextLink.tsx';
import { useLive } from '../parts/useLive.ts';
import { ApprovalsPanel } from './ApprovalsPanel.tsx';
import type { Ways } from './board.ts';
import { DealActions } from './DealActions.tsx';
import { DealFields } from './DealFields.tsx';
import { DealStatusBadge } from './DealStatusBadge.tsx';
import { DealTimeline } from './DealTimeline.tsx';
import { ItemsPanel } from './ItemsPanel.tsx';
import { MoneyPanel } from './MoneyPanel.tsx';
import { NoteBox } from './NoteBox.tsx';
import { OwnerMark } from './OwnerMark.tsx';
import { StageBar } from './StageBar.tsx';
import { TasksPanel } from './TasksPanel.tsx';
import { useMoves } from './useMoves.tsx';
import './deals.css';

const route = getRouteApi('/deals/$id');

/** The card of a deal: how much and whose, where it stands, what it is for, and everything that happened with it in one line of time. */
export function DealPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  useLive('deals');
  const { data: deal, error, isPending, refetch } = useQuery(dealQuery(id));
  if (isPending) return <PageSkeleton />;
  if (error)
    return (
      <>
        <BackLink to="/deals" />
        <PageHead title={t('nav.deals')} />
        <Failure error={error} onRetry={() => void refetch()} />
      </>
    );
  return <Card key={id} deal={deal} />;
}

function Card({ deal }: { deal: DealCard }) {
  const { i18n } = useTranslation();
  const { data: definition } = useQuery(pipelineQuery(deal.pipeline));
  const ways: Ways = { stages: definition?.stages ?? [], lostReasons: definition?.lostReasons ?? [] };
  const { move, underway, dialogs } = useMoves(ways);
  const [wish] = underway.filter(({ id }) => id === deal.id).map((one) => one.wish);
  return (
    <>
      <BackLink to="/deals" />
      <PageHead
        title={deal.title}
        note={
          <Group gap="sm">
            <Text span size="sm">
              #{deal.number}
            </Text>
            <DealStatusBadge status={deal.status} />
            {deal.amount !== undefined && (
              <Text
                span
                fw={700}
                size="lg"
                c="var(--mantine-color-text)"
                style={{ fontVariantNumeric: 'tabular-nums' }}
              >
                {moneyText(deal.amount, deal.currency, i18n.language)}
              </Text>
            )}
            <OwnerMark user={deal.owner} />
            <TextLink to="/contacts/$id" params={{ id: deal.contact.id }}>
              {[contactName(deal.contact), deal.contact.company].filter(Boolean).join(' · ')}
            </TextLink>
          </Group>
        }
      >
        <DealActions deal={deal} onMove={move} busy={wish !== undefined} />
      </PageHead>
      <StageBar deal={deal} ways={ways} wish={wish} onMove={move} />
      <Grid gap="md" mt="md">
        <Grid.Col span={{ base: 12, md: 5, lg: 4 }}>
          <Stack>
            <TasksPanel id={deal.id} owner={deal.owner} />
            <DocumentsPanel deal={deal} />
            <ApprovalsPanel id={deal.id} />
            <MoneyPanel id={deal.id} />
            {deal.status === 'open' && <ChancePanel deal={deal} />}
            <DealFields deal={deal} definition={definition} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7, lg: 8 }}>
          <Stack>
            <ItemsPanel deal={deal} />
            <NoteBox id={deal.id} />
            <DealTimeline id={deal.id} />
          </Stack>
        </Grid.Col>
      </Grid>
      {dialogs}
    </>
  );
}
