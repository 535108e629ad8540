import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketPriority, TicketStatus } from '../../../engine/model/ticket.ts';

const statusColours: Record<TicketStatus, string> = {
  new: 'blue',
  open: 'indigo',
  waiting: 'yellow',
  'on-hold': 'gray',
  resolved: 'green',
  closed: 'gray',
};

const priorityColours: Record<TicketPriority, string> = { low: 'gray', normal: 'gray', high: 'orange', urgent: 'red' };

export function TicketStatusBadge({ status }: { status: TicketStatus }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" tt="none" color={statusColours[status]}>
      {t(`ticketStatus.${status}`)}
    </Badge>
  );
}

export function PriorityBadge({ priority }: { priority: TicketPriority }) {
  const { t } = useTranslation();
  return (
    <Badge variant={priority === 'urgent' ? 'filled' : 'light'} tt="none" color={priorityColours[priority]}>
      {t(`priority.${priority}`)}
    </Badge>
  );
}
