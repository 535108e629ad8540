import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/client.ts';
import { explain } from './explain.ts';

/** What went wrong, what would mend it, and another try. */
export function Failure({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { title, detail, cure } = explain(error, t);
  const problem = error instanceof ApiProblem ? error : undefined;
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={title} role="alert" maw={720}>
      <Stack gap="xs" align="flex-start">
        {cure && <Text size="sm">{cure}</Text>}
        <Text size="sm" c={cure ? 'dimmed' : undefined} className="wrapped">
          {detail}
        </Text>
        {problem !== undefined && problem.problems.length > 0 && (
          <List size="sm">
            {problem.problems.map(({ path, message }) => (
              <List.Item key={`${path} ${message}`}>
                <Code>{path}</Code> {message}
              </List.Item>
            ))}
          </List>
        )}
        <Group gap="sm">
          {onRetry && (
            <Button size="xs" color="red" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onRetry}>
              {t('common.retry')}
            </Button>
          )}
          {problem && <Code>{problem.code}</Code>}
        </Group>
      </Stack>
    </Alert>
  );
}
