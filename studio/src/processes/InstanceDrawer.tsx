import { Alert, Box, Code, Group, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { instance as instanceQuery, instanceTimeline, instanceWhy } from '../api/processes.ts';
import type { Entry, Instance } from '../api/types.ts';
import { Facts } from '../parts/Facts.tsx';
import { Failure } from '../parts/Failure.tsx';
import { Moment } from '../parts/Moment.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { SideSheet } from '../parts/SideSheet.tsx';
import { TextLink } from '../parts/TextLink.tsx';
import { EntryText } from './EntryText.tsx';
import { IncidentText } from './IncidentText.tsx';
import { ContactName } from './InstanceTable.tsx';
import { Orders } from './Orders.tsx';
import { StatusBadge } from './StatusBadge.tsx';

/** One instance: where it stands and why, what can be ordered, and every decision so far. */
export function InstanceDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SideSheet opened={id !== undefined} onClose={onClose} size="lg" title={t('process.instance')}>
      {id !== undefined && <Opened id={id} />}
    </SideSheet>
  );
}

function Opened({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data: instance, error, isPending, refetch } = useQuery(instanceQuery(id));
  if (isPending) return <RowsSkeleton />;
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  return (
    <Stack>
      <Group justify="space-between">
        <TextLink to="/contacts/$id" params={{ id: instance.contactId }} fw={600}>
          <ContactName id={instance.contactId} />
        </TextLink>
        <StatusBadge instance={instance} />
      </Group>
      {instance.incidents.map((incident) => (
        <Alert key={incident.token} color="red" title={t('process.incidentAt', { step: incident.step })}>
          <IncidentText incident={incident} />
          <Group gap="sm" mt={6}>
            <Code>{incident.code}</Code>
            <Moment at={incident.at} size="xs" />
          </Group>
        </Alert>
      ))}
      <Orders instance={instance} />
      <State instance={instance} />
      <Standing id={id} />
      <Timeline id={id} />
    </Stack>
  );
}

function State({ instance }: { instance: Instance }) {
  const { t } = useTranslation();
  const { outcome, deadline, endedAt } = instance;
  return (
    <Facts
      facts={[
        [t('process.standsAt'), instance.at.join(', ')],
        [t('process.deadline'), deadline && <Moment at={deadline} />],
        [t('process.outcome'), outcome && t(`outcome.${outcome}`, { defaultValue: outcome })],
        [t('process.trigger'), String(instance.trigger.name)],
        [t('process.startedAt'), <Moment key="started" at={instance.startedAt} />],
        [t('process.endedAt'), endedAt && <Moment at={endedAt} />],
        [t('process.pinned'), t('process.version', { version: instance.definition.version })],
      ]}
    />
  );
}

/** The last decision at each step where it stands: what it waits for, or why it cannot go on. */
function Standing({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(instanceWhy(id));
  if (!data || data.standing.length === 0) return null;
  return (
    <Box component="section" aria-labelledby="why">
      <Title order={3} size="h5" id="why" mb="sm">
        {t('process.why')}
      </Title>
      <Stack gap="sm">
        {data.standing.map(({ step, since, last }) => (
          <EntryLine key={step} entry={last} at={since} />
        ))}
      </Stack>
    </Box>
  );
}

function Timeline({ id }: { id: string }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(instanceTimeline(id));
  if (list.isPending) return <RowsSkeleton height={30} />;
  if (list.isError) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <Box component="section" aria-labelledby="decisions">
      <Title order={3} size="h5" id="decisions" mb="sm">
        {t('process.decisions')}
      </Title>
      <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {list.data.pages
          .flatMap((page) => page.items)
          .map((entry) => (
            <li key={entry.n}>
              <EntryLine entry={entry} at={entry.at} />
            </li>
          ))}
      </Stack>
      <MoreButton list={list} />
    </Box>
  );
}

function EntryLine({ entry, at }: { entry: Entry; at: string }) {
  return (
    <Box pl="sm" style={{ borderInlineStart: '2px solid var(--mantine-color-default-border)' }}>
      <Text size="sm" component="div">
        <EntryText entry={entry} />
      </Text>
      <Moment at={at} size="xs" c="dimmed" />
    </Box>
  );
}
