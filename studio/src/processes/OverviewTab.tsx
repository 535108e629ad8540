import { Badge, Code, Grid, Group, List, Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { compile } from '../../../engine/process/compile.ts';
import type { Process } from '../../../engine/schema/index.ts';
import type { ProcessCounts } from '../api/types.ts';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { Panel } from '../parts/Panel.tsx';
import type { Occupancy } from './occupancy.ts';
import { StepList } from './StepList.tsx';

const ProcessGraph = lazy(async () => ({ default: (await import('./graph/ProcessGraph.tsx')).ProcessGraph }));
const route = getRouteApi('/processes/$key');

/** The drawing, the same as a list, what starts and ends it, and how its instances ended. */
export function OverviewTab({ process, counts }: { process: Process; counts: ProcessCounts | undefined }) {
  const { t } = useTranslation();
  const { step } = route.useSearch();
  const navigate = route.useNavigate();
  const compiled = useMemo(() => compile(process), [process]);
  const occupancy: Occupancy = { standing: counts?.steps ?? {}, incidents: counts?.incidentSteps ?? {} };
  const select = (id: string) => void navigate({ search: { tab: 'instances', step: id } });
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Suspense fallback={<RowsSkeleton height={80} />}>
          <ProcessGraph compiled={compiled} occupancy={occupancy} selected={step} onSelect={select} />
        </Suspense>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Stack>
          <Panel title={t('process.steps')}>
            <StepList compiled={compiled} occupancy={occupancy} selected={step} onSelect={select} />
          </Panel>
          <Panel title={t('process.rules')}>
            <Rules process={process} />
          </Panel>
          <Outcomes outcomes={counts?.outcomes ?? {}} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

function Rules({ process }: { process: Process }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <Rule title={t('process.triggers')}>
        {process.triggers.map((trigger) => (
          <List.Item key={JSON.stringify(trigger)}>
            {t(`trigger.${trigger.on}`)} <Code>{subjectOf(trigger)}</Code>
            {'when' in trigger && trigger.when !== undefined && <Code>{trigger.when}</Code>}
          </List.Item>
        ))}
      </Rule>
      {(['goals', 'exits'] as const).map((name) =>
        process[name].length === 0 ? null : (
          <Rule key={name} title={t(`process.${name}`)}>
            {process[name].map((watch) => (
              <List.Item key={watch.outcome}>
                <Code>{[watch.event, watch.when].filter(Boolean).join(' ∧ ')}</Code> →{' '}
                {t(`outcome.${watch.outcome}`, watch.outcome)}
              </List.Item>
            ))}
          </Rule>
        ),
      )}
    </Stack>
  );
}

function subjectOf(trigger: Process['triggers'][number]): string {
  switch (trigger.on) {
    case 'event':
      return trigger.event;
    case 'change':
      return trigger.field;
    case 'segment':
      return trigger.segment;
    case 'schedule':
      return `${trigger.cron} · ${trigger.segment}`;
    case 'api':
    case 'process':
      return '';
  }
}

function Rule({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" fw={600} mb={2}>
        {title}
      </Text>
      <List size="sm" className="wrapped">
        {children}
      </List>
    </div>
  );
}

function Outcomes({ outcomes }: { outcomes: Record<string, number> }) {
  const { t, i18n } = useTranslation();
  const counted = Object.entries(outcomes).sort(([, a], [, b]) => b - a);
  if (counted.length === 0) return null;
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <Panel title={t('process.outcomes')}>
      <Stack gap={6}>
        {counted.map(([outcome, count]) => (
          <Group key={outcome} justify="space-between">
            <Text size="sm">{t(`outcome.${outcome}`, outcome)}</Text>
            <Badge variant="light" color="gray">
              {number.format(count)}
            </Badge>
          </Group>
        ))}
      </Stack>
    </Panel>
  );
}
