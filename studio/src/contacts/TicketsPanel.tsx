import { Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ticketList } from '../api/tickets.ts';
import { Failure } from '../parts/Failure.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { Panel } from '../parts/Panel.tsx';
import { TextLink } from '../parts/TextLink.tsx';
import { TicketStatusBadge } from '../tickets/Badges.tsx';

/** The tickets of a contact, the latest changed first. */
export function TicketsPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(ticketList({ contact: id }));
  const tickets = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title={t('nav.tickets')}>
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && tickets.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('contacts.noTickets')}
        </Text>
      )}
      <Stack gap="xs">
        {tickets.map((ticket) => (
          <Group key={ticket.id} justify="space-between" wrap="nowrap" gap="xs">
            <TextLink to="/tickets/$id" params={{ id: ticket.id }} className="wrapped">
              {ticket.subject || t('tickets.noSubject')}
            </TextLink>
            <TicketStatusBadge status={ticket.status} />
          </Group>
        ))}
      </Stack>
      <MoreButton list={list} />
    </Panel>
  );
}
