import { Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../api/approvals.ts';
import { Due } from '../day/Due.tsx';
import { inLanguage } from '../parts/localized.ts';
import { Moment } from '../parts/Moment.tsx';
import { moneyText } from '../parts/money.ts';
import { ApprovalBadge } from './ApprovalBadge.tsx';
import { ApproverDots } from './ApproverDots.tsx';

/** One line: what, for whom, how much, who has said what, and until when. */
export function ApprovalRow({ approval }: { approval: Approval }) {
  const { t, i18n } = useTranslation();
  const { id, title, amount, currency, contact, deal, document, status, stages, dueAt, requestedAt, decidedAt } =
    approval;
  const about = [
    contact.name,
    deal && t('day.deal', { number: deal.number, title: deal.title }),
    document && t('document.title', { number: document.number }),
  ];
  return (
    <li>
      <Link to="/approvals/$id" params={{ id }} className="row approval-row">
        <div>
          <Text fw={600} className="wrapped">
            {inLanguage(title, i18n.language)}
          </Text>
          <Text size="sm" c="dimmed" className="wrapped">
            {about.filter(Boolean).join(' · ')}
          </Text>
        </div>
        {amount !== undefined && (
          <Text fw={650} className="approval-amount">
            {moneyText(amount, currency, i18n.language)}
          </Text>
        )}
        <ApproverDots stages={stages} />
        <Group gap="xs" justify="flex-end" className="approval-when">
          {status === 'pending' && dueAt !== undefined ? (
            <Due at={dueAt} />
          ) : (
            <Moment at={decidedAt ?? requestedAt} c="dimmed" />
          )}
          {status !== 'pending' && <ApprovalBadge status={status} />}
        </Group>
      </Link>
    </li>
  );
}
