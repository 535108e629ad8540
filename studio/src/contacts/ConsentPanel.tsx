import { Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { channels } from '../../../engine/model/contact.ts';
import type { Contact } from '../api/types.ts';
import { Panel } from '../parts/Panel.tsx';
import { useReason } from '../parts/useReason.ts';

const colours = { granted: 'green', withdrawn: 'red', unknown: 'gray' } as const;

export function ConsentPanel({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const reason = useReason();
  return (
    <Panel title={t('contacts.consent')}>
      <Stack gap="xs">
        {channels.map((channel) => {
          const consent = contact.consent[channel];
          const blocked = contact.suppressed[channel];
          return (
            <Group key={channel} justify="space-between" gap="xs">
              <Text size="sm">{t(`channel.${channel}`)}</Text>
              <Group gap={4}>
                <Badge variant="light" tt="none" color={colours[consent]}>
                  {t(`consent.${consent}`)}
                </Badge>
                {blocked && (
                  <Badge variant="light" tt="none" color="red">
                    {reason(`suppressed:${blocked}`)}
                  </Badge>
                )}
              </Group>
            </Group>
          );
        })}
      </Stack>
    </Panel>
  );
}
