import { Alert, Code, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { unreadableDefinitions } from '../api/definitions.ts';
import { inLanguage } from '../parts/localized.ts';

/** Published definitions of every kind that this release cannot read, each with the reason; nothing where it reads all. */
export function UnreadableAlert() {
  const { t, i18n } = useTranslation();
  const { data = [] } = useQuery(unreadableDefinitions);
  if (data.length === 0) return null;
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('process.unreadable')} role="alert" mb="md">
      <Text size="sm">{t('process.unreadableWhat')}</Text>
      <Stack component="ul" gap={6} mt="xs" mb={0} p={0} style={{ listStyle: 'none' }}>
        {data.map(({ kind, key, name, problem }) => (
          <Text component="li" size="sm" className="wrapped" key={`${kind}/${key}`}>
            <b>
              {t(`definition.${kind}`, kind)}: {inLanguage(name, i18n.language)}
            </b>{' '}
            <Code>{problem}</Code>
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}
