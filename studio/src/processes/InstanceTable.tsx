import { Anchor, Code, Group, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { contact as contactQuery } from '../api/contacts.ts';
import type { Instance } from '../api/types.ts';
import { contactName } from '../contacts/name.ts';
import { Moment } from '../parts/Moment.tsx';
import { StatusBadge } from './StatusBadge.tsx';

export function InstanceTable({ instances, onOpen }: { instances: Instance[]; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={680}>
      <Table highlightOnHover verticalSpacing="sm" aria-label={t('process.instances')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('process.contact')}</Table.Th>
            <Table.Th>{t('common.status')}</Table.Th>
            <Table.Th>{t('process.standsAt')}</Table.Th>
            <Table.Th>{t('process.deadline')}</Table.Th>
            <Table.Th>{t('process.startedAt')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {instances.map((instance) => (
            <Table.Tr key={instance.id}>
              <Table.Td>
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  fw={600}
                  ta="start"
                  onClick={() => onOpen(instance.id)}
                >
                  <ContactName id={instance.contactId} />
                </Anchor>
              </Table.Td>
              <Table.Td>
                <StatusBadge instance={instance} />
              </Table.Td>
              <Table.Td>
                <Standing instance={instance} />
              </Table.Td>
              <Table.Td>{instance.deadline ? <Moment at={instance.deadline} /> : '—'}</Table.Td>
              <Table.Td>
                <Moment at={instance.startedAt} c="dimmed" />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Standing({ instance }: { instance: Instance }) {
  const { t } = useTranslation();
  if (instance.status === 'ended') {
    const { outcome = '' } = instance;
    return <Text size="sm">{t(`outcome.${outcome}`, { defaultValue: outcome })}</Text>;
  }
  return (
    <Group gap={4}>
      {instance.at.map((step) => (
        <Code key={step}>{step}</Code>
      ))}
    </Group>
  );
}

/** Names come from the cards, which most pages have already read. */
export function ContactName({ id }: { id: string }) {
  const { data } = useQuery({ ...contactQuery(id), refetchInterval: false, staleTime: 60_000 });
  return data ? contactName(data) : id;
}
