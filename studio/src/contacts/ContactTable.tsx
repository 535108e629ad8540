import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/types.ts';
import { ClassBadge } from '../parts/ClassBadge.tsx';
import { Moment } from '../parts/Moment.tsx';
import { TextLink } from '../parts/TextLink.tsx';
import { contactName } from './name.ts';
import { SegmentBadges } from './SegmentBadges.tsx';

export function ContactTable({ contacts }: { contacts: Contact[] }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table highlightOnHover verticalSpacing="sm" aria-label={t('nav.contacts')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('contacts.person')}</Table.Th>
            <Table.Th>{t('contacts.addresses')}</Table.Th>
            <Table.Th>{t('contacts.score')}</Table.Th>
            <Table.Th>{t('contacts.segments')}</Table.Th>
            <Table.Th>{t('contacts.since')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {contacts.map((contact) => (
            <Table.Tr key={contact.id}>
              <Table.Td>
                <TextLink to="/contacts/$id" params={{ id: contact.id }} fw={600} className="wrapped">
                  {contactName(contact)}
                </TextLink>
                {contact.company && (
                  <Text size="xs" c="dimmed">
                    {contact.company}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <Text size="sm" className="wrapped">
                  {contact.email}
                </Text>
                <Text size="xs" c="dimmed">
                  {contact.phone}
                </Text>
              </Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>
                <ClassBadge value={contact.score.class} />{' '}
                <Text span size="sm" c="dimmed">
                  {Math.round(contact.score.total)}
                </Text>
              </Table.Td>
              <Table.Td>
                <SegmentBadges keys={contact.segments} />
              </Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>
                <Moment at={contact.createdAt} c="dimmed" />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
