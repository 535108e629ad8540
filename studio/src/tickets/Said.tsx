import { Anchor, Badge, Box, Button, Card, Collapse, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPaperclip } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { download } from '../api/files.ts';
import type { TicketMessage } from '../api/tickets.ts';
import { Moment } from '../parts/Moment.tsx';
import { Author } from './Author.tsx';

const grounds: Partial<Record<TicketMessage['kind'], string>> = {
  agent: 'var(--mantine-primary-color-light)',
  note: 'var(--mantine-color-yellow-light)',
};

/** One entry of the conversation: who, when, what; what it quotes is folded away. */
export function Said({ message, customer }: { message: TicketMessage; customer: string }) {
  const { t } = useTranslation();
  const ground = grounds[message.kind];
  return (
    <Card component="li" withBorder padding="sm" {...(ground && { bg: ground })}>
      <Group justify="space-between" gap="xs" mb={4}>
        <Group gap={6}>
          {message.kind === 'customer' ? (
            <Text span fw={600} size="sm">
              {customer}
            </Text>
          ) : (
            <Author by={message.by} />
          )}
          {message.kind === 'note' && <Badge tt="none">{t('tickets.internal')}</Badge>}
          {message.auto && (
            <Badge tt="none" variant="light" color="gray">
              {t('tickets.autoreply')}
            </Badge>
          )}
          {message.delivery && (
            <Badge
              tt="none"
              variant="light"
              color={message.delivery === 'sent' ? 'green' : message.delivery === 'queued' ? 'gray' : 'red'}
            >
              {t(`message.${message.delivery}`)}
            </Badge>
          )}
        </Group>
        <Moment at={message.at} c="dimmed" />
      </Group>
      <Text size="sm" className="wrapped" style={{ whiteSpace: 'pre-wrap' }}>
        {message.text}
      </Text>
      {message.quoted && <Quoted text={message.quoted} />}
      {message.attachments.length > 0 && <Attachments files={message.attachments} />}
    </Card>
  );
}

function Quoted({ text }: { text: string }) {
  const { t } = useTranslation();
  const [opened, { toggle }] = useDisclosure();
  return (
    <Box mt="xs">
      <Button variant="subtle" color="gray" size="compact-xs" onClick={toggle} aria-expanded={opened}>
        {t(opened ? 'tickets.hideQuoted' : 'tickets.showQuoted')}
      </Button>
      <Collapse expanded={opened}>
        <Text size="xs" c="dimmed" className="wrapped quoted">
          {text}
        </Text>
      </Collapse>
    </Box>
  );
}

function Attachments({ files }: { files: TicketMessage['attachments'] }) {
  const { i18n } = useTranslation();
  const size = (bytes: number) =>
    new Intl.NumberFormat(i18n.language, {
      style: 'unit',
      unit: bytes < 1_000_000 ? 'kilobyte' : 'megabyte',
      maximumFractionDigits: 1,
    }).format(bytes < 1_000_000 ? bytes / 1_000 : bytes / 1_000_000);
  return (
    <Group gap="sm" mt="xs">
      {files.map(({ file, name, size: bytes }) => (
        <Anchor key={file} component="button" type="button" size="sm" onClick={() => void download(file, name)}>
          <IconPaperclip size={14} aria-hidden className="inline-icon" /> {name} ({size(bytes)})
        </Anchor>
      ))}
    </Group>
  );
}
