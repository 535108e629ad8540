import { Box, Stack, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type CompiledProcess, type CompiledStep, target } from '../../../engine/process/compile.ts';
import { moveFocus } from '../parts/move-focus.ts';
import type { Occupancy } from './occupancy.ts';
import { StepFace } from './StepFace.tsx';

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
            <Exits step={step} />
          </UnstyledButton>
        </Box>
      ))}
    </Stack>
  );
}

function Exits({ step }: { step: CompiledStep }) {
  const { t } = useTranslation();
  const exits = step.type.exits(step.step);
  const branches = step.branches.size > 1 ? [...step.branches.keys()].join(', ') : '';
  const end = step.container === null ? t('process.end') : t('process.endOfBranch');
  const lines =
    exits.length < 2 ? [] : exits.map((exit) => `${t(`exit.${exit}`, exit)} → ${target(step, exit) ?? end}`);
  if (lines.length === 0 && branches === '') return null;
  return (
    <Text size="xs" c="dimmed" pl={38} mt={2} className="wrapped">
      {[branches && t('process.branches', { names: branches }), ...lines].filter(Boolean).join(' · ')}
    </Text>
  );
}

function depth(step: CompiledStep, compiled: CompiledProcess): number {
  const around = step.container === null ? undefined : compiled.steps.get(step.container);
  return around === undefined ? 0 : depth(around, compiled) + 1;
}
