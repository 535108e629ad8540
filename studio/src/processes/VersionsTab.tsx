import { Accordion, Badge, Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconVersions } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { JsonObject } from '../../../engine/json.ts';
import { processVersions } from '../api/processes.ts';
import type { ProcessHead } from '../api/types.ts';
import { Failure } from '../parts/Failure.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';

/** Every published version as it was published, and the draft. */
export function VersionsTab({ head }: { head: ProcessHead }) {
  const { t } = useTranslation();
  const { data: versions, error, isPending, refetch } = useQuery(processVersions(head.key));
  if (isPending) return <RowsSkeleton />;
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (versions.length === 0 && !head.draft)
    return <Nothing icon={IconVersions} title={t('process.noVersions')} hint={t('process.noVersionsHint')} />;
  return (
    <Accordion variant="separated" order={2} multiple>
      {head.draft && (
        <Accordion.Item value="draft">
          <Accordion.Control>
            <Badge variant="light" color="yellow" tt="none">
              {t('process.draft')}
            </Badge>
          </Accordion.Control>
          <Accordion.Panel>
            <Body body={head.draft} label={t('process.draft')} />
          </Accordion.Panel>
        </Accordion.Item>
      )}
      {versions.map(({ hash, version, body, publishedAt, publishedBy }) => (
        <Accordion.Item key={hash} value={hash}>
          <Accordion.Control>
            <Group gap="sm">
              <Text fw={600} size="sm">
                {t('process.version', { version })}
              </Text>
              {hash === head.live?.hash && (
                <Badge variant="light" color="green" tt="none">
                  {t('process.liveVersion')}
                </Badge>
              )}
              <Text size="sm" c="dimmed" component="div">
                <Moment at={publishedAt} span /> · {publishedBy}
              </Text>
              <Code>{hash.slice(0, 12)}</Code>
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <Body body={body} label={t('process.version', { version })} />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function Body({ body, label }: { body: JsonObject; label: string }) {
  const { t } = useTranslation();
  const text = JSON.stringify(body, null, 2);
  return (
    <>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            mb="xs"
            onClick={copy}
            leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
          >
            {t(copied ? 'common.copied' : 'common.copy')}
          </Button>
        )}
      </CopyButton>
      <Code block className="source" tabIndex={0} role="region" aria-label={label}>
        {text}
      </Code>
    </>
  );
}
