import { Box, Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  title: string;
  note?: ReactNode;
  /** Buttons and switches of the whole page. */
  children?: ReactNode;
}

export function PageHead({ title, note, children }: Props) {
  const { t } = useTranslation();
  useDocumentTitle(`${title} · ${t('app.name')}`);
  return (
    <Group justify="space-between" align="flex-start" mb="md" gap="sm">
      <Box miw={0}>
        <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        {note && (
          <Text component="div" c="dimmed" size="sm" mt={2}>
            {note}
          </Text>
        )}
      </Box>
      {children}
    </Group>
  );
}
