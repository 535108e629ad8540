import { Box, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconDeviceMobileMessage, IconMail } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MailLine } from '../api/types.ts';
import { Moment } from '../parts/Moment.tsx';
import { moveFocus } from '../parts/move-focus.ts';
import { useReadMarks } from './read-marks.ts';

/** The arrow keys walk through the list, Enter opens. */
export function MailList({ mails, opened, to }: { mails: MailLine[]; opened: string | undefined; to: string }) {
  const { t } = useTranslation();
  const read = useReadMarks();
  return (
    <Stack
      component="ul"
      gap={2}
      m={0}
      p={0}
      aria-label={t('mailbox.list')}
      className="rows"
      onKeyDown={moveFocus}
      style={{ listStyle: 'none' }}
    >
      {mails.map((mail) => (
        <li key={mail.id}>
          <Link
            to="/mailbox"
            search={{ to, id: mail.id }}
            className="row"
            aria-current={mail.id === opened ? 'page' : undefined}
          >
            <MailRow mail={mail} unread={!read.has(mail.id) && mail.id !== opened} />
          </Link>
        </li>
      ))}
    </Stack>
  );
}

function MailRow({ mail, unread }: { mail: MailLine; unread: boolean }) {
  const { t } = useTranslation();
  const Sign = mail.kind === 'sms' ? IconDeviceMobileMessage : IconMail;
  return (
    <Group wrap="nowrap" align="flex-start" gap="sm">
      <Sign size={20} stroke={1.6} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
      <Box miw={0} flex={1}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" fw={unread ? 700 : 500} truncate>
            {mail.to.join(', ')}
          </Text>
          <Moment at={mail.receivedAt} size="xs" c="dimmed" style={{ flexShrink: 0 }} />
        </Group>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" truncate fw={unread ? 600 : 400}>
            {mail.kind === 'sms' ? mail.text : mail.subject || t('mailbox.noSubject')}
          </Text>
          {unread && (
            <Box w={9} h={9} bg="var(--mantine-primary-color-filled)" style={{ borderRadius: 9, flexShrink: 0 }} />
          )}
        </Group>
        {mail.kind === 'email' && (
          <Text size="xs" c="dimmed" truncate>
            {mail.text.replace(/\s+/g, ' ')}
          </Text>
        )}
        {unread && <VisuallyHidden>{t('mailbox.unread')}</VisuallyHidden>}
      </Box>
    </Group>
  );
}
