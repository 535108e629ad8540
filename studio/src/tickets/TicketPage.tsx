import { Alert, Grid, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ticket as ticketQuery } from '../api/tickets.ts';
import { contactName } from '../contacts/name.ts';
import { BackLink } from '../parts/BackLink.tsx';
import { Failure } from '../parts/Failure.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PageSkeleton } from '../parts/PageSkeleton.tsx';
import { TextLink } from '../parts/TextLink.tsx';
import { useLive } from '../parts/useLive.ts';
import { PriorityBadge, TicketStatusBadge } from './Badges.tsx';
import { ClocksPanel } from './ClocksPanel.tsx';
import { Conversation } from './Conversation.tsx';

import { type Draft, emptyDraft, ReplyBox } from './ReplyBox.tsx';
import { SuggestionsPanel } from './SuggestionsPanel.tsx';
import { TicketActions } from './TicketActions.tsx';
import { TicketFields } from './TicketFields.tsx';

const route = getRouteApi('/tickets/$id');

/** The card of a ticket: what was said, the answer with a suggestion, whose it is, and its clocks with their derivation. */
export function TicketPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  useLive('tickets');
  const { data: ticket, error, isPending, refetch } = useQuery(ticketQuery(id));
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  if (isPending) return <PageSkeleton />;
  if (error)
    return (
      <>
        <BackLink to="/tickets" />
        <PageHead title={t('nav.tickets')} />
        <Failure error={error} onRetry={() => void refetch()} />
      </>
    );
  return (
    <>
      <BackLink to="/tickets" />
      <PageHead
        title={ticket.subject || t('tickets.noSubject')}
        note={
          <Group gap="sm">
            <Text span size="sm">
              #{ticket.number}
            </Text>
            <TicketStatusBadge status={ticket.status} />
            <PriorityBadge priority={ticket.priority} />
            <span>{t(`ticketChannel.${ticket.channel}`)}</span>
          </Group>
        }
      >
        <TicketActions ticket={ticket} />
      </PageHead>
      {ticket.mergedInto && (
        <Alert mb="md" title={t('tickets.merged')}>
          <TextLink to="/tickets/$id" params={{ id: ticket.mergedInto }}>
            {t('tickets.openOther')}
          </TextLink>
        </Alert>
      )}
      {ticket.followsUp && (
        <Alert mb="md" title={t('tickets.followsUp')}>
          <TextLink to="/tickets/$id" params={{ id: ticket.followsUp }}>
            {t('tickets.openOther')}
          </TextLink>
        </Alert>
      )}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7, lg: 8 }}>
          <Stack>
            <Conversation id={id} customer={contactName(ticket.contact)} />
            {ticket.status === 'closed' ? (
              <Text c="dimmed" size="sm">
                {t('tickets.closedHint')}
              </Text>
            ) : (
              <ReplyBox ticket={ticket} draft={draft} onDraft={setDraft} />
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5, lg: 4 }}>
          <Stack>
            <ClocksPanel ticket={ticket} />
            <TicketFields ticket={ticket} />
            {ticket.status !== 'closed' && (
              <SuggestionsPanel id={id} onInsert={(article) => setDraft((one) => insert(one, article))} />
            )}
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}

/** After what is written already; an article that is put in is named in the reply. */
function insert(draft: Draft, { key, body }: { key: string; body: string }): Draft {
  return {
    ...draft,
    internal: false,
    text: draft.text.trim() === '' ? body : `${draft.text.trimEnd()}\n\n${body}`,
    articles: draft.articles.includes(key) ? draft.articles : [...draft.articles, key],
  };
}
