import { Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketLine } from '../api/tickets.ts';
import { Moment } from '../parts/Moment.tsx';
import { moveFocus } from '../parts/move-focus.ts';
import { TextLink } from '../parts/TextLink.tsx';
import { PriorityBadge, TicketStatusBadge } from './Badges.tsx';
import { Countdown, pressing } from './Countdown.tsx';
import { PersonName } from './PersonName.tsx';

/** The queue: one line per ticket, its most pressing clock counting down. The arrow keys walk through it. */
export function TicketTable({ tickets }: { tickets: TicketLine[] }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={860}>
      <Table highlightOnHover verticalSpacing="sm" aria-label={t('nav.tickets')} onKeyDown={moveFocus}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('tickets.number')}</Table.Th>
            <Table.Th>{t('tickets.subject')}</Table.Th>
            <Table.Th>{t('common.status')}</Table.Th>
            <Table.Th>{t('tickets.priority')}</Table.Th>
            <Table.Th>{t('tickets.assignee')}</Table.Th>
            <Table.Th>{t('tickets.due')}</Table.Th>
            <Table.Th>{t('tickets.updated')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tickets.map((ticket) => (
            <Line key={ticket.id} ticket={ticket} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Line({ ticket }: { ticket: TicketLine }) {
  const { t } = useTranslation();
  const clock = pressing(ticket.clocks);
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" c="dimmed">
          {ticket.number}
        </Text>
      </Table.Td>
      <Table.Td maw={420}>
        <TextLink to="/tickets/$id" params={{ id: ticket.id }} fw={600} className="wrapped row">
          {ticket.subject || t('tickets.noSubject')}
        </TextLink>
        <Text size="xs" c="dimmed" className="wrapped">
          {[ticket.contactName, ticket.topic && t(`topic.${ticket.topic}`, ticket.topic)].filter(Boolean).join(' · ')}
        </Text>
      </Table.Td>
      <Table.Td>
        <TicketStatusBadge status={ticket.status} />
      </Table.Td>
      <Table.Td>
        <PriorityBadge priority={ticket.priority} />
      </Table.Td>
      <Table.Td>
        <PersonName user={ticket.assignee} size="sm" />
      </Table.Td>
      <Table.Td>
        <Group gap={4} wrap="nowrap">
          {clock ? (
            <Countdown clock={clock} />
          ) : (
            <Text size="sm" c="dimmed">
              –
            </Text>
          )}
        </Group>
        {clock && (
          <Text size="xs" c="dimmed">
            {t(`slaTarget.${clock.target}`)}
          </Text>
        )}
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <Moment at={ticket.updatedAt} c="dimmed" />
      </Table.Td>
    </Table.Tr>
  );
}
