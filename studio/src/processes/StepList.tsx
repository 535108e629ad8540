import { Box, Stack, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CompiledProcess, CompiledStep } from '../../../engine/process/compile.ts';
import { moveFocus } from '../parts/move-focus.ts';
import type { Occupancy } from './occupancy.ts';
import { StepFace } from './StepFace.tsx';
import { waysFrom } from './ways.ts';

interface Props {
  compiled: CompiledProcess;
  occupancy: Occupancy;
  selected: string | undefined;
  onSelect: (step: string) => void;
}

/** All steps in the order of the definition, with where each leads: the drawing in words, for keyboard and screen reader. */
export function StepList({ compiled, occupancy, selected, onSelect }: Props) {
  const { t } = useTranslation();
  return (
    <Stack
      component="ol"
      gap={2}
      m={0}
      p={0}
      className="rows"
      aria-label={t('process.steps')}
      onKeyDown={moveFocus}
      style={{ listStyle: 'none' }}
    >
      {[...compiled.steps.values()].map((step) => (
        <Box component="li" key={step.step.id} pl={depth(step, compiled) * 20}>
          <UnstyledButton
            className="row"
            aria-current={step.step.id === selected ? 'true' : undefined}
            onClick={() => onSelect(step.step.id)}
          >
            <StepFace
              compiled={step}
              count={occupancy.standing[step.step.id] ?? 0}
              incidents={occupancy.incidents[step.step.id] ?? 0}
            />
            <Ways step={step} />
          </UnstyledButton>
        </Box>
      ))}
    </Stack>
  );
}

function Ways({ step }: { step: CompiledStep }) {
  const { t } = useTranslation();
  const end = step.container === null ? t('process.end') : t('process.endOfBranch');
  const branches =
    step.branches.size > 1 ? [t('process.branches', { names: [...step.branches.keys()].join(', ') })] : [];
  const ways = waysFrom(step)
    .filter(({ to, exits }) => exits.length > 0 || to !== step.following)
    .map(({ to, exits }) => `${exits.map((exit) => t(`exit.${exit}`, exit)).join(', ')} → ${to ?? end}`.trim());
  const words = [...branches, ...ways];
  if (words.length === 0) return null;
  return (
    <Text size="xs" c="dimmed" pl={38} mt={2} className="wrapped">
      {words.join(' · ')}
    </Text>
  );
}

function depth(step: CompiledStep, compiled: CompiledProcess): number {
  const around = step.container === null ? undefined : compiled.steps.get(step.container);
  return around === undefined ? 0 : depth(around, compiled) + 1;
}
