import { Text } from '@mantine/core';
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import type { CompiledStep } from '../../../../engine/process/compile.ts';
import { StepFace } from '../StepFace.tsx';

export interface BoxData extends Record<string, unknown> {
  step?: CompiledStep;
  label?: string;
  count: number;
  incidents: number;
  chosen: boolean;
}

export type BoxNode = Node<BoxData>;

function marks({ chosen, incidents }: BoxData): string {
  return `${chosen ? ' chosen' : ''}${incidents > 0 ? ' stuck' : ''}`;
}

function stepBox(look: 'step-box' | 'container-box') {
  return function StepBox({ data }: NodeProps<BoxNode>) {
    return (
      <div className={`${look}${marks(data)}`}>
        <Handle type="target" position={Position.Top} isConnectable={false} />
        {data.step && <StepFace compiled={data.step} count={data.count} incidents={data.incidents} />}
        <Handle type="source" position={Position.Bottom} isConnectable={false} />
      </div>
    );
  };
}

function LaneBox({ data }: NodeProps<BoxNode>) {
  return (
    <div className="lane-box">
      <Text size="xs" fw={600} c="dimmed">
        {data.label}
      </Text>
    </div>
  );
}

function StartBox() {
  const { t } = useTranslation();
  return (
    <div className="round-box">
      {t('process.start')}
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  );
}

function EndBox() {
  const { t } = useTranslation();
  return (
    <div className="round-box">
      <Handle type="target" position={Position.Top} isConnectable={false} />
      {t('process.end')}
    </div>
  );
}

export const nodeTypes = {
  step: stepBox('step-box'),
  container: stepBox('container-box'),
  lane: LaneBox,
  start: StartBox,
  end: EndBox,
};
