import { Text, Timeline } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TrailLine } from '../api/approvals.ts';
import { Moment } from '../parts/Moment.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useActorName, useUserName } from './people.ts';

const colours: Partial<Record<string, string>> = { approved: 'green', rejected: 'red' };

/** All that was ever done about it, the latest first. */
export function TrailPanel({ trail }: { trail: readonly TrailLine[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('approvals.history')}>
      <Timeline bulletSize={14} lineWidth={2} active={trail.length}>
        {trail.toReversed().map((line, index) => (
          // The trail is only ever appended to.
          <Timeline.Item key={trail.length - index} color={colours[line.decision ?? line.outcome ?? ''] ?? 'gray'}>
            <Line line={line} />
          </Timeline.Item>
        ))}
      </Timeline>
    </Panel>
  );
}

function Line({ line }: { line: TrailLine }) {
  const { t } = useTranslation();
  const actorName = useActorName();
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
          stage: line.stage ?? '',
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
