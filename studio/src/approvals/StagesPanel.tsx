import { Avatar, Badge, Box, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Approval, Approver, Stage } from '../api/approvals.ts';
import { inLanguage } from '../parts/localized.ts';
import { Moment } from '../parts/Moment.tsx';
import { Panel } from '../parts/Panel.tsx';
import { saidBy } from './ApproverDots.tsx';
import { useUserName } from './people.ts';

const stageColours: Record<Stage['status'], string> = {
  waiting: 'gray',
  open: 'blue',
  passed: 'green',
  skipped: 'gray',
};
const saidColours = { approved: 'green', rejected: 'red', asked: 'blue', later: 'gray', unheard: 'gray' } as const;

/** Who is asked, one stage after the other, and what they said. */
export function StagesPanel({ approval: { stages, status } }: { approval: Approval }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('approvals.stages')}>
      <ol className="stages">
        {stages.map((stage) => (
          <StageLines key={stage.id} stage={stage} over={status !== 'pending'} />
        ))}
      </ol>
    </Panel>
  );
}

function StageLines({ stage, over }: { stage: Stage; over: boolean }) {
  const { t, i18n } = useTranslation();
  const { name, id, need, approvers } = stage;
  const status = over && stage.status === 'open' ? 'ended' : stage.status;
  return (
    <li className="stage">
      <Group justify="space-between" gap="xs">
        <Text fw={600} size="sm" className="wrapped">
          {name === undefined ? id : inLanguage(name, i18n.language)}
        </Text>
        <Badge variant="light" tt="none" size="sm" color={stageColours[stage.status]}>
          {t(`stageStatus.${status}`)}
        </Badge>
      </Group>
      {approvers.length > 1 && (
        <Text size="xs" c="dimmed">
          {typeof need === 'number'
            ? t('approvals.needCount', { need, of: approvers.length })
            : t(`approvalNeed.${need}`)}
        </Text>
      )}
      {stage.status !== 'skipped' &&
        approvers.map((approver) => (
          <ApproverLine key={approver.user} approver={approver} stage={over ? 'passed' : stage.status} />
        ))}
    </li>
  );
}

function ApproverLine({ approver, stage }: { approver: Approver; stage: Stage['status'] }) {
  const { t } = useTranslation();
  const userName = useUserName();
  const { user, onBehalfOf, comment, at } = approver;
  const said = saidBy(approver, stage);
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" mt={6}>
      <Avatar
        size="sm"
        alt=""
        name={userName(user)}
        color={saidColours[said]}
        variant={approver.decision === undefined ? 'light' : 'filled'}
      />
      <Box miw={0} flex={1}>
        <Text size="sm">
          {userName(user)}
          {onBehalfOf !== undefined && (
            <Text span size="xs" c="dimmed">
              {' '}
              {t('approvals.inPlaceOf', { name: userName(onBehalfOf) })}
            </Text>
          )}
        </Text>
        <Text size="xs" c={`var(--mantine-color-${saidColours[said]}-light-color)`}>
          {t(`verdictSaid.${said}`)} {at !== undefined && <Moment at={at} span size="xs" c="dimmed" />}
        </Text>
        {comment !== undefined && (
          <Text size="sm" className="wrapped quoted" mt={2}>
            {comment}
          </Text>
        )}
      </Box>
    </Group>
  );
}
