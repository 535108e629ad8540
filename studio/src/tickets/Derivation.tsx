import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type SlaLine, ticketSla } from '../api/tickets.ts';
import { Failure } from '../parts/Failure.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { SideSheet } from '../parts/SideSheet.tsx';
import { exactTime } from '../parts/time.ts';
import { Author } from './Author.tsx';

interface Props {
  id: string;
  opened: boolean;
  onClose: () => void;
}

/** How every due time came about: when a clock ran and stood, why, by whom, and what was left of it. */
export function Derivation({ id, opened, onClose }: Props) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery({ ...ticketSla(id), enabled: opened });
  return (
    <SideSheet opened={opened} onClose={onClose} size="xl" title={t('sla.derivation')}>
      {isPending && <RowsSkeleton />}
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <Text size="sm" c="dimmed" mb="sm">
            {data.policy ? t('sla.policy', { key: data.policy.key, version: data.policy.version }) : t('sla.noPolicy')}
          </Text>
          <Table.ScrollContainer minWidth={640}>
            <Table aria-label={t('sla.derivation')} verticalSpacing={6}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('sla.at')}</Table.Th>
                  <Table.Th>{t('sla.clock')}</Table.Th>
                  <Table.Th>{t('sla.change')}</Table.Th>
                  <Table.Th>{t('sla.consumed')}</Table.Th>
                  <Table.Th>{t('sla.due')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.ledger.map((line, index) => (
                  // The ledger is only ever appended to.
                  <Line key={index} line={line} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </>
      )}
    </SideSheet>
  );
}

function Line({ line }: { line: SlaLine }) {
  const { t, i18n } = useTranslation();
  const exact = (at: string) => exactTime(new Date(at), i18n.language);
  return (
    <Table.Tr>
      <Table.Td>{exact(line.at)}</Table.Td>
      <Table.Td>
        {t(`slaTarget.${line.target}`)}
        {line.n > 1 && <> · {line.n}</>}
      </Table.Td>
      <Table.Td className="wrapped">
        {t(`slaChange.${line.change}`)}
        <Text size="xs" c="dimmed" component="div">
          {[reason(line.why, t), line.escalation].filter(Boolean).join(' · ')}
          {line.by && (
            <>
              {' · '}
              <Author by={line.by} size="xs" fw={400} />
            </>
          )}
        </Text>
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {t('sla.of', { consumed: minutes(line.consumed), goal: minutes(line.goal) })}
        <Text size="xs" c="dimmed">
          {line.calendar}
        </Text>
      </Table.Td>
      <Table.Td>{line.due ? exact(line.due) : '–'}</Table.Td>
    </Table.Tr>
  );
}

/** An event, `time`, a point such as `75%`, or a field with its new value: `priority high`. */
function reason(why: string, t: TFunction): string {
  const [word = '', value] = why.split(' ', 2);
  if (value !== undefined) {
    const values = word === 'status' ? 'ticketStatus' : word;
    return `${t(`slaWhy.${word}`, word)}: ${t(`${values}.${value}`, value)}`;
  }
  return t(`slaWhy.${word}`, t(`event.${word.replaceAll('.', '-')}`, word));
}

function minutes(span: number): number {
  return Math.round(span / 6_000) / 10;
}
