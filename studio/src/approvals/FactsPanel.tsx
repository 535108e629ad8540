import { Card, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../api/approvals.ts';
import { About } from '../day/About.tsx';
import { Due } from '../day/Due.tsx';
import { Moment } from '../parts/Moment.tsx';
import { moneyText } from '../parts/money.ts';
import { useActorName } from './people.ts';

/** How much, for whom, about which deal, who asks, and until when. */
export function FactsPanel({ approval }: { approval: Approval }) {
  const { t, i18n } = useTranslation();
  const actorName = useActorName(approval.process);
  const { amount, currency, document, status, dueAt, requestedAt, requestedBy } = approval;
  const otherSum = document?.gross !== undefined && document.gross !== amount ? document.gross : undefined;
  return (
    <Card withBorder padding="md" component="section" aria-label={t('approvals.facts')}>
      <div className="approval-facts">
        <div>
          {amount !== undefined && (
            <Text fz={30} fw={700} lh={1.15} className="approval-amount">
              {moneyText(amount, currency, i18n.language)}
            </Text>
          )}
          {otherSum !== undefined && (
            <Text fw={600} c="var(--mantine-color-orange-light-color)">
              {t('approvals.otherSum', { sum: moneyText(otherSum, document?.currency, i18n.language) })}
            </Text>
          )}
          <About task={approval} />
        </div>
        <div className="approval-asked">
          {status === 'pending' && dueAt !== undefined && <Due at={dueAt} />}
          <Text size="sm" c="dimmed">
            {t('approvals.askedBy', { name: actorName(requestedBy) })} <Moment at={requestedAt} span c="dimmed" />
          </Text>
        </div>
      </div>
    </Card>
  );
}
