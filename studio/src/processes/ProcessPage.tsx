import { Badge, Group, Switch, Tabs } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { processCounts, processHead, setEnabled } from '../api/processes.ts';
import { BackLink } from '../parts/BackLink.tsx';
import { Failure } from '../parts/Failure.tsx';
import { inLanguage } from '../parts/localized.ts';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PageSkeleton } from '../parts/PageSkeleton.tsx';
import { showFailure } from '../parts/show-failure.tsx';
import { useAsk } from '../parts/useAsk.tsx';
import { IncidentsTab } from './IncidentsTab.tsx';
import { InstancesTab } from './InstancesTab.tsx';
import { OverviewTab } from './OverviewTab.tsx';
import { ProcessState } from './ProcessState.tsx';
import { parseProcess } from './parse.ts';
import { VersionsTab } from './VersionsTab.tsx';

const route = getRouteApi('/processes/$key');
const tabs = ['overview', 'instances', 'incidents', 'versions'] as const;

export function ProcessPage() {
  const { t, i18n } = useTranslation();
  const { key } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const head = useQuery(processHead(key));
  const counts = useQuery({ ...processCounts(key), enabled: head.data?.live !== undefined });
  if (head.isPending) return <PageSkeleton />;
  if (head.error)
    return (
      <>
        <BackLink to="/processes" />
        <PageHead title={key} />
        <Failure error={head.error} onRetry={() => void head.refetch()} />
      </>
    );
  const shown = head.data.body ?? head.data.draft;
  const parsed = shown && parseProcess(shown);
  const incidents = counts.data?.incidents ?? 0;
  return (
    <>
      <BackLink to="/processes" />
      <PageHead
        title={inLanguage(head.data.name, i18n.language)}
        note={parsed?.process?.description && inLanguage(parsed.process.description, i18n.language)}
      >
        <Group gap="md">
          <ProcessState process={head.data} />
          {head.data.live && <EnabledSwitch processKey={key} enabled={head.data.enabled} />}
        </Group>
      </PageHead>
      <Tabs
        value={tabs.find((one) => one === tab) ?? 'overview'}
        onChange={(value) => void navigate({ search: { tab: value ?? 'overview' } })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="overview">{t('process.overview')}</Tabs.Tab>
          <Tabs.Tab value="instances">{t('process.instances')}</Tabs.Tab>
          <Tabs.Tab
            value="incidents"
            rightSection={
              incidents > 0 && (
                <Badge color="red" size="sm" px={6}>
                  {incidents}
                </Badge>
              )
            }
          >
            {t('process.incidents')}
          </Tabs.Tab>
          <Tabs.Tab value="versions">{t('process.versions')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview">
          {parsed?.process ? (
            <OverviewTab process={parsed.process} counts={counts.data} />
          ) : (
            <Nothing icon={IconRoute} title={t('process.noGraph')} hint={parsed?.problem ?? t('process.noGraphHint')} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="instances">
          <InstancesTab processKey={key} process={parsed?.process} />
        </Tabs.Panel>
        <Tabs.Panel value="incidents">
          <IncidentsTab processKey={key} count={incidents} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <VersionsTab head={head.data} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function EnabledSwitch({ processKey, enabled }: { processKey: string; enabled: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { ask, dialog } = useAsk();
  const switching = useMutation({
    mutationFn: (next: boolean) => setEnabled(processKey, next),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['processes'] }),
    onError: (error) => showFailure(error, t),
  });
  const next = !enabled;
  return (
    <>
      <Switch
        label={t('process.takesEntries')}
        checked={enabled}
        disabled={switching.isPending}
        onChange={() =>
          ask({
            title: t(next ? 'process.enable' : 'process.disable'),
            text: t(next ? 'process.enableWhat' : 'process.disableWhat'),
            action: t(next ? 'process.enable' : 'process.disable'),
            onConfirm: () => switching.mutate(next),
          })
        }
      />
      {dialog}
    </>
  );
}
