import { Grid, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { contact as contactQuery } from '../api/contacts.ts';
import { BackLink } from '../parts/BackLink.tsx';
import { ClassBadge } from '../parts/ClassBadge.tsx';
import { Failure } from '../parts/Failure.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PageSkeleton } from '../parts/PageSkeleton.tsx';
import { Panel } from '../parts/Panel.tsx';
import { ConsentPanel } from './ConsentPanel.tsx';
import { ContactTimeline } from './ContactTimeline.tsx';
import { DealsPanel } from './DealsPanel.tsx';
import { FactsPanel } from './FactsPanel.tsx';
import { JourneysPanel } from './JourneysPanel.tsx';
import { MoneyPanel } from './MoneyPanel.tsx';
import { contactName } from './name.ts';
import { ScorePanel } from './ScorePanel.tsx';
import { SegmentBadges } from './SegmentBadges.tsx';
import { TicketsPanel } from './TicketsPanel.tsx';

const route = getRouteApi('/contacts/$id');

/** The card: who it is, what may be sent, how warm it is, what runs, and everything that happened in one line of time. */
export function ContactPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const { data: contact, error, isPending, refetch } = useQuery(contactQuery(id));
  if (isPending) return <PageSkeleton />;
  if (error)
    return (
      <>
        <BackLink to="/contacts" />
        <PageHead title={t('nav.contacts')} />
        <Failure error={error} onRetry={() => void refetch()} />
      </>
    );
  return (
    <>
      <BackLink to="/contacts" />
      <PageHead
        title={contactName(contact)}
        note={
          <Group gap="sm">
            <ClassBadge value={contact.score.class} />
            <span className="wrapped">
              {[contact.company, contact.email, contact.phone].filter(Boolean).join(' · ')}
            </span>
          </Group>
        }
      />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 5, lg: 4 }}>
          <Stack>
            <JourneysPanel id={id} />
            <DealsPanel id={id} />
            <TicketsPanel id={id} />
            <MoneyPanel id={id} />
            <ScorePanel id={id} score={contact.score} />
            <ConsentPanel contact={contact} />
            <Panel title={t('contacts.segments')}>
              {contact.segments.length === 0 ? t('common.none') : <SegmentBadges keys={contact.segments} />}
            </Panel>
            <FactsPanel contact={contact} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7, lg: 8 }}>
          <ContactTimeline id={contact.id} />
        </Grid.Col>
      </Grid>
    </>
  );
}
