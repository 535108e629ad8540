import { Badge, Box, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CompiledStep } from '../../../engine/process/compile.ts';
import { stepLine } from './describe.ts';
import { StepIcon } from './StepIcon.tsx';
import { useStepName } from './useStepName.ts';

interface Props {
  compiled: CompiledStep;
  count: number;
  incidents: number;
}

/** A step as the drawing and the list show it: what it is, what it does, how many are there. */
export function StepFace({ compiled, count, incidents }: Props) {
  const { t, i18n } = useTranslation();
  const { step, type } = compiled;
  const name = useStepName();
  const line = [stepLine(compiled, i18n.language), step.id].filter(Boolean).join(' · ');
  return (
    <Group wrap="nowrap" gap="sm" w="100%" align="flex-start">
      <StepIcon group={type.group} />
      <Box miw={0} flex={1}>
        <Text size="sm" fw={600} truncate>
          {name(step)}
        </Text>
        <Text size="xs" c="dimmed" truncate title={line}>
          {line}
        </Text>
      </Box>
      <Group gap={4} wrap="nowrap">
        {incidents > 0 && (
          <Badge
            color="red"
            px={6}
            leftSection={<IconAlertTriangle size={12} aria-hidden />}
            aria-label={t('process.incidentsCount', { count: incidents })}
            role="img"
          >
            {incidents}
          </Badge>
        )}
        {count > 0 && (
          <Badge variant="light" px={6} aria-label={t('process.standing', { count })} role="img">
            {count}
          </Badge>
        )}
      </Group>
    </Group>
  );
}
