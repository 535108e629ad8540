import { Avatar, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Approval, Approver } from '../api/approvals.ts';
import { useUserName } from './people.ts';

/** Everybody who is asked, stage by stage, and what they said: as small as a line of a list allows. */
export function ApproverDots({ stages }: { stages: Approval['stages'] }) {
  const { t } = useTranslation();
  const userName = useUserName();
  const asked = stages.filter(({ status }) => status !== 'skipped');
  return (
    <span className="approver-dots">
      {asked.map((stage) => (
        <span key={stage.id} className="approver-dots">
          {stage.approvers.map((approver) => {
            const text = `${userName(approver.user)}: ${t(`verdictSaid.${saidBy(approver, stage.status)}`)}`;
            return (
              <Tooltip key={approver.user} label={text}>
                <Avatar
                  size="sm"
                  name={userName(approver.user)}
                  alt={text}
                  role="img"
                  aria-label={text}
                  color={colourOf(approver)}
                  variant={approver.decision === undefined ? 'light' : 'filled'}
                />
              </Tooltip>
            );
          })}
        </span>
      ))}
    </span>
  );
}

/** What came from an approver so far. */
export function saidBy({ decision }: Approver, stage: string): 'approved' | 'rejected' | 'asked' | 'later' | 'unheard' {
  if (decision !== undefined) return decision;
  if (stage === 'waiting') return 'later';
  return stage === 'open' ? 'asked' : 'unheard';
}

function colourOf({ decision }: Approver): string {
  return decision === 'approved' ? 'green' : decision === 'rejected' ? 'red' : 'gray';
}
