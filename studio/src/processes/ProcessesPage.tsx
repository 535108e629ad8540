import { Badge, Table, Text } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { processList } from '../api/processes.ts';
import type { ProcessLine } from '../api/types.ts';
import { Failure } from '../parts/Failure.tsx';
import { inLanguage } from '../parts/localized.ts';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { TextLink } from '../parts/TextLink.tsx';
import { ProcessState } from './ProcessState.tsx';
import { UnreadableAlert } from './UnreadableAlert.tsx';

export function ProcessesPage() {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(processList);
  return (
    <>
      <PageHead title={t('nav.processes')} note={t('process.note')} />
      <UnreadableAlert />
      {isPending && <RowsSkeleton />}
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <Nothing icon={IconRoute} title={t('process.empty')} hint={t('process.emptyHint')} />}
      {data && data.length > 0 && (
        <Table.ScrollContainer minWidth={680}>
          <Table highlightOnHover verticalSpacing="sm" aria-label={t('nav.processes')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('contacts.name')}</Table.Th>
                <Table.Th>{t('common.status')}</Table.Th>
                <Table.Th ta="end">{t('process.runningCount')}</Table.Th>
                <Table.Th ta="end">{t('process.endedCount')}</Table.Th>
                <Table.Th ta="end">{t('process.incidents')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((line) => (
                <Row key={line.key} line={line} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  );
}

function Row({ line }: { line: ProcessLine }) {
  const { t, i18n } = useTranslation();
  const { statuses, incidents } = line;
  const number = new Intl.NumberFormat(i18n.language);
  const alive = (statuses.starting ?? 0) + (statuses.running ?? 0) + (statuses.paused ?? 0);
  return (
    <Table.Tr>
      <Table.Td maw={460}>
        <TextLink to="/processes/$key" params={{ key: line.key }} fw={600}>
          {inLanguage(line.name, i18n.language)}
        </TextLink>
        {line.description && (
          <Text size="xs" c="dimmed" lineClamp={2}>
            {inLanguage(line.description, i18n.language)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <ProcessState process={line} />
      </Table.Td>
      <Table.Td ta="end">{number.format(alive)}</Table.Td>
      <Table.Td ta="end">{number.format(statuses.ended ?? 0)}</Table.Td>
      <Table.Td ta="end">
        {incidents === 0 ? (
          '0'
        ) : (
          <TextLink
            to="/processes/$key"
            params={{ key: line.key }}
            search={{ tab: 'incidents' }}
            aria-label={t('process.incidentsCount', { count: incidents })}
          >
            <Badge color="red" style={{ cursor: 'pointer' }}>
              {number.format(incidents)}
            </Badge>
          </TextLink>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
