import { Badge, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProcessLine } from '../api/types.ts';

/** Whether it takes entries, which version is live, whether a draft waits. */
export function ProcessState({ process }: { process: Pick<ProcessLine, 'enabled' | 'live'> & { draft?: unknown } }) {
  const { t } = useTranslation();
  const { enabled, live, draft } = process;
  return (
    <Group gap={4}>
      {live ? (
        <Badge variant="light" tt="none" color={enabled ? 'green' : 'gray'}>
          {t(enabled ? 'process.enabled' : 'process.disabled')}
        </Badge>
      ) : null}
      {live && (
        <Badge variant="light" tt="none" color="gray">
          {t('process.version', { version: live.version })}
        </Badge>
      )}
      {draft ? (
        <Badge variant="light" tt="none" color="yellow">
          {t('process.draft')}
        </Badge>
      ) : null}
    </Group>
  );
}
