import { Box, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { contactInstances } from '../api/contacts.ts';
import { definitionNames } from '../api/definitions.ts';
import type { Instance } from '../api/types.ts';
import { Failure } from '../parts/Failure.tsx';
import { inLanguage } from '../parts/localized.ts';
import { Moment } from '../parts/Moment.tsx';
import { Panel } from '../parts/Panel.tsx';
import { TextLink } from '../parts/TextLink.tsx';
import { StatusBadge } from '../processes/StatusBadge.tsx';

/** The processes that this contact is in, or was. */
export function JourneysPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(contactInstances(id));
  return (
    <Panel title={t('contacts.journeys')}>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('contacts.noJourneys')}
        </Text>
      )}
      <Stack gap="sm">
        {data?.items.map((instance) => (
          <Journey key={instance.id} instance={instance} />
        ))}
      </Stack>
    </Panel>
  );
}

function Journey({ instance }: { instance: Instance }) {
  const { t, i18n } = useTranslation();
  const { data: names } = useQuery(definitionNames('process'));
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
      <Box miw={0}>
        {instance.definition.part === undefined ? (
          <TextLink
            to="/processes/$key"
            params={{ key: instance.process }}
            search={{ tab: 'instances', instance: instance.id }}
            fw={600}
          >
            {inLanguage(names?.get(instance.process) ?? instance.process, i18n.language)}
          </TextLink>
        ) : (
          <PartName definition={instance.definition} />
        )}
        <Text size="xs" c="dimmed" component="div">
          {instance.status === 'ended' ? (
            t(`outcome.${instance.outcome}`, { defaultValue: instance.outcome ?? '' })
          ) : (
            <>
              {instance.at.join(', ')}
              {instance.deadline && (
                <>
                  {' · '}
                  <Moment at={instance.deadline} size="xs" span />
                </>
              )}
            </>
          )}
        </Text>
      </Box>
      <StatusBadge instance={instance} />
    </Group>
  );
}

/** Steps inside a policy, a routing or a pipeline have no page of their own. */
function PartName({ definition: { key, part = '' } }: Pick<Instance, 'definition'>) {
  const { t } = useTranslation();
  const [kind = '', id] = part.split(':');
  return (
    <Text size="sm" fw={600}>
      {t(`part.${kind}`, kind)}: {[key, id].filter(Boolean).join(' · ')}
    </Text>
  );
}
