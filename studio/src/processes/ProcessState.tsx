import { Badge, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProcessLine } from '../api/types.ts';

/** Whether it takes entries, which version is live, whether a draft waits. */
export function ProcessState({ process }: { process: Pick<ProcessLine, 'enabled' | 'live' | 'hasDraft'> }) {
  const { t } = useTranslation();
  const { enabled, live, hasDraft } = process;
  return (
    <Group gap={4}>
      {live && (
        <Badge variant="light" tt="none" color={enabled ? 'green' : 'gray'}>
          {t(enabled ? 'process.enabled' : 'process.disabled')}
        </Badge>
      )}
      {live && (
        <Badge variant="light" tt="none" color="gray">
          {t('process.version', { version: live.version })}
        </Badge>
      )}
      {hasDraft && (
        <Badge variant="light" tt="none" color="yellow">
          {t('process.draft')}
        </Badge>
      )}
    </Group>
  );
}
