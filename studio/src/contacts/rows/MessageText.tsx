import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TimelineRow } from '../../api/types.ts';
import { useReason } from '../../parts/useReason.ts';

const colours: Record<string, string> = {
  sent: 'green',
  failed: 'red',
  bounced: 'red',
  unknown: 'orange',
  skipped: 'gray',
};

export function MessageText({ row: { title, detail } }: { row: TimelineRow }) {
  const { t } = useTranslation();
  const inWords = useReason();
  const { channel, status, to, subject, reason, error } = detail;
  const notes = [to, typeof reason === 'string' && inWords(reason), error].filter(Boolean);
  return (
    <>
      <Text span fw={600} size="sm">
        {t(`channel.${channel}`)}: {String(subject ?? title)}
      </Text>{' '}
      <Badge size="sm" variant="light" tt="none" color={colours[String(status)] ?? 'blue'}>
        {t(`message.${status}`, String(status))}
      </Badge>
      <Text size="xs" c="dimmed">
        {notes.join(' · ')}
      </Text>
    </>
  );
}
