import { Anchor, Box, Button, Card, Code, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCircleCheck, IconRefresh } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { instanceList, retryAll } from '../api/processes.ts';
import type { Instance } from '../api/types.ts';
import { Failure } from '../parts/Failure.tsx';
import { Moment } from '../parts/Moment.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { showFailure } from '../parts/show-failure.tsx';
import { useAsk } from '../parts/useAsk.tsx';
import { IncidentText } from './IncidentText.tsx';
import { InstanceDrawer } from './InstanceDrawer.tsx';
import { ContactName } from './InstanceTable.tsx';
import { Orders } from './Orders.tsx';

const route = getRouteApi('/processes/$key');

/** What stands still until somebody decides: why, and the ways on. */
export function IncidentsTab({ processKey, count }: { processKey: string; count: number }) {
  const { t } = useTranslation();
  const { instance } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(instanceList({ process: processKey, incident: true }));
  const instances = list.data?.pages.flatMap((page) => page.items) ?? [];
  const open = (id: string | undefined) =>
    void navigate({ search: { tab: 'incidents', ...(id !== undefined && { instance: id }) } });
  return (
    <>
      {list.isPending && <RowsSkeleton height={90} />}
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && instances.length === 0 && (
        <Nothing icon={IconCircleCheck} title={t('process.noIncidents')} hint={t('process.noIncidentsHint')} />
      )}
      {instances.length > 0 && (
        <Stack gap="sm">
          <RetryAll processKey={processKey} count={Math.max(count, instances.length)} />
          <Stack component="ul" gap="sm" m={0} p={0} aria-label={t('process.incidents')} style={{ listStyle: 'none' }}>
            {instances.map((one) => (
              <li key={one.id}>
                <Stuck instance={one} onOpen={() => open(one.id)} />
              </li>
            ))}
          </Stack>
        </Stack>
      )}
      <MoreButton list={list} />
      <InstanceDrawer id={instance} onClose={() => open(undefined)} />
    </>
  );
}

function RetryAll({ processKey, count }: { processKey: string; count: number }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { ask, dialog } = useAsk();
  const retrying = useMutation({
    mutationFn: () => retryAll(processKey),
    onSuccess: async () => {
      notifications.show({ message: t('order.retryTaken') });
      await queries.invalidateQueries({ queryKey: ['instances'] });
    },
    onError: (error) => showFailure(error, t),
  });
  return (
    <Group justify="space-between">
      <Text size="sm" c="dimmed">
        {t('process.incidentsCount', { count })}
      </Text>
      <Button
        size="xs"
        leftSection={<IconRefresh size={15} aria-hidden />}
        loading={retrying.isPending}
        onClick={() =>
          ask({
            title: t('process.retryAll'),
            text: t('process.retryAllWhat', { count }),
            action: t('process.retryAll'),
            onConfirm: () => retrying.mutate(),
          })
        }
      >
        {t('process.retryAll')}
      </Button>
      {dialog}
    </Group>
  );
}

function Stuck({ instance, onOpen }: { instance: Instance; onOpen: () => void }) {
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box miw={0} flex="1 1 300px">
          <Anchor component="button" type="button" fw={600} size="sm" onClick={onOpen}>
            <ContactName id={instance.contactId} />
          </Anchor>
          {instance.incidents.map((incident) => (
            <Box key={incident.token} mt={4}>
              <Group gap="xs">
                <Code>{incident.step}</Code>
                <Code>{incident.code}</Code>
                <Moment at={incident.at} size="xs" c="dimmed" />
              </Group>
              <IncidentText incident={incident} />
            </Box>
          ))}
        </Box>
        <Orders instance={instance} only={['retry', 'skip']} />
      </Group>
    </Card>
  );
}
