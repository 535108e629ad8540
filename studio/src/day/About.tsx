import { Group } from '@mantine/core';
import { IconBriefcase, IconHeadset, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../api/tasks.ts';
import { TextLink } from '../parts/TextLink.tsx';

/** What a task is about: the deal or the ticket, and whose it is. */
export function About({ task: { contact, deal, ticket } }: { task: Pick<Task, 'contact' | 'deal' | 'ticket'> }) {
  const { t } = useTranslation();
  return (
    <Group gap="2px 14px">
      {deal && (
        <TextLink to="/deals/$id" params={{ id: deal.id }} className="wrapped task-link">
          <IconBriefcase size={14} aria-hidden className="inline-icon" />{' '}
          {t('day.deal', { number: deal.number, title: deal.title })}
        </TextLink>
      )}
      {ticket && (
        <TextLink to="/tickets/$id" params={{ id: ticket.id }} className="wrapped task-link">
          <IconHeadset size={14} aria-hidden className="inline-icon" />{' '}
          {t('day.ticket', { number: ticket.number, subject: ticket.subject || t('tickets.noSubject') })}
        </TextLink>
      )}
      <TextLink to="/contacts/$id" params={{ id: contact.id }} className="wrapped task-link">
        <IconUser size={14} aria-hidden className="inline-icon" /> {contact.name ?? contact.id}
      </TextLink>
    </Group>
  );
}
