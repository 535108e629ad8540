import { Text, Timeline } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Approval, TrailLine } from '../api/approvals.ts';
import { inLanguage } from '../parts/localized.ts';
import { Moment } from '../parts/Moment.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useActorName, useUserName } from './people.ts';

const colours: Partial<Record<string, string>> = { approved: 'green', rejected: 'red' };

/** All that was ever done about it, the latest first. */
export function TrailPanel({ approval }: { approval: Approval }) {
  const { t } = useTranslation();
  const { trail } = approval;
  return (
    <Panel title={t('approvals.history')}>
      <Timeline className="trail" bulletSize={14} lineWidth={2} active={trail.length}>
        {trail.toReversed().map((line, index) => (
          // The trail is only ever appended to.
          <Timeline.Item key={trail.length - index} color={colours[line.decision ?? line.outcome ?? ''] ?? 'gray'}>
            <Line line={line} approval={approval} />
          </Timeline.Item>
        ))}
      </Timeline>
    </Panel>
  );
}

function Line({ line, approval }: { line: TrailLine; approval: Approval }) {
  const { t, i18n } = useTranslation();
  const actorName = useActorName(approval.process);
  const stage = approval.stages.find(({ id }) => id === line.stage)?.name ?? line.stage ?? '';
  const userName = useUserName();
  const what = line.decision ?? (line.what === 'decided' ? line.outcome : undefined);
  const key = line.what === 'decision' || line.what === 'decided' ? `${line.what}-${what}` : line.what;
  return (
    <>
      <Text size="sm" className="wrapped">
        {t(`trail.${key}`, {
          by: actorName(line.by),
          user: line.user === undefined ? '' : userName(line.user),
          of: line.of === undefined ? '' : userName(line.of),
          stage: inLanguage(stage, i18n.language),
          number: line.document?.number ?? '',
        })}
      </Text>
      {line.comment !== undefined && (
        <Text size="sm" className="wrapped quoted">
          {line.comment}
        </Text>
      )}
      <Moment at={line.at} size="xs" c="dimmed" />
    </>
  );
}
