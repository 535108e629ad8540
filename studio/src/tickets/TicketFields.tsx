import { Select, Stack, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ticketPriorities, ticketStatuses } from '../../../engine/model/ticket.ts';
import { people } from '../api/people.ts';
import { changeTicket, type TicketCard, type TicketChange } from '../api/tickets.ts';
import { contactName } from '../contacts/name.ts';
import { Facts } from '../parts/Facts.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Panel } from '../parts/Panel.tsx';
import { SavedText } from '../parts/SavedText.tsx';
import { TextLink } from '../parts/TextLink.tsx';
import { useDeed } from '../parts/useDeed.ts';

/** What may be changed about a ticket, at once when it is chosen, and what is known of it. */
export function TicketFields({ ticket }: { ticket: TicketCard }) {
  const { t } = useTranslation();
  const { data: known = [] } = useQuery(people);
  const { mutate, isPending } = useDeed('tickets', ticket.id, (part: TicketChange) => changeTicket(ticket.id, part));
  const closed = ticket.status === 'closed';
  const shared = { size: 'sm', disabled: closed || isPending, allowDeselect: false } as const;
  return (
    <Panel title={t('tickets.fields')}>
      <Stack gap="sm">
        <Select
          {...shared}
          label={t('common.status')}
          value={ticket.status}
          onChange={(value) => mutate({ status: ticketStatuses.find((one) => one === value) })}
          data={ticketStatuses.map((value) => ({ value, label: t(`ticketStatus.${value}`) }))}
        />
        <Select
          {...shared}
          label={t('tickets.priority')}
          value={ticket.priority}
          onChange={(value) => mutate({ priority: ticketPriorities.find((one) => one === value) })}
          data={ticketPriorities.map((value) => ({ value, label: t(`priority.${value}`) }))}
        />
        <Select
          {...shared}
          label={t('tickets.assignee')}
          placeholder={t('tickets.nobody')}
          clearable
          searchable
          value={ticket.assignee ?? null}
          onChange={(value) => mutate({ assignee: value })}
          data={known
            .filter(({ active, key }) => active || key === ticket.assignee)
            .map(({ key, name }) => ({ value: key, label: name }))}
        />
        <SavedText
          key={ticket.topic}
          label={t('tickets.topic')}
          value={ticket.topic ?? ''}
          disabled={closed || isPending}
          onSave={(value) => mutate({ topic: value === '' ? null : value })}
        />
        <TagsInput
          size="sm"
          label={t('tickets.tags')}
          disabled={closed || isPending}
          value={ticket.tags}
          onChange={(tags) => mutate({ tags })}
        />
        <Facts
          facts={[
            [
              t('tickets.contact'),
              <TextLink key="contact" to="/contacts/$id" params={{ id: ticket.contactId }}>
                {contactName(ticket.contact)}
              </TextLink>,
            ],
            [t('tickets.team'), ticket.team],
            [t('tickets.created'), <Moment key="created" at={ticket.createdAt} />],
            [t('tickets.reopened'), ticket.reopened > 0 ? String(ticket.reopened) : undefined],
            [
              t('tickets.mark'),
              ticket.satisfaction && `${ticket.satisfaction.mark} ${ticket.satisfaction.comment ?? ''}`,
            ],
          ]}
        />
      </Stack>
    </Panel>
  );
}
