import '@xyflow/react/dist/style.css';
import './graph.css';
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { Background, Controls, MarkerType, ReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CompiledProcess } from '../../../../engine/process/compile.ts';
import type { Occupancy } from '../occupancy.ts';
import { edgeTypes, type WayEdge } from './edges.tsx';
import { type Box, draw, type Line } from './layout.ts';
import { type BoxNode, nodeTypes } from './nodes.tsx';

/** Room around the drawing. */
const margin = 30;

interface Props {
  compiled: CompiledProcess;
  occupancy: Occupancy;
  selected: string | undefined;
  onSelect: (step: string) => void;
}

/** The process drawn, read only; the list beside it says the same in words. */
export function ProcessGraph({ compiled, occupancy, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme('light');
  const drawing = useMemo(() => draw(compiled), [compiled]);
  const nodes = drawing.boxes.map((box) => toNode(box, occupancy, selected));
  const edges = drawing.lines.map((line) => toEdge(line, (exit) => t(`exit.${exit}`, exit)));
  const { ref, width } = useElementSize<HTMLElement>();
  const zoom = Math.min(1, width / (drawing.width + 2 * margin));
  return (
    <section
      ref={ref}
      className="graph"
      aria-label={t('process.graph')}
      style={{ height: Math.min(1_600, (drawing.height + 2 * margin) * zoom) }}
    >
      {width > 0 && (
        <ReactFlow<BoxNode, WayEdge>
          // Fits itself when it appears: again for another room or another drawing.
          key={`${width} ${drawing.height}`}
          nodes={parentsFirst(nodes)}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          colorMode={scheme}
          fitView
          fitViewOptions={{ padding: 0.04, maxZoom: 1 }}
          minZoom={0.15}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          zoomOnScroll={false}
          preventScrolling={false}
          onNodeClick={(_, node) => {
            if (node.data.step) onSelect(node.id);
          }}
          ariaLabelConfig={{
            'controls.ariaLabel': t('process.controls'),
            'controls.zoomIn.ariaLabel': t('process.zoomIn'),
            'controls.zoomOut.ariaLabel': t('process.zoomOut'),
            'controls.fitView.ariaLabel': t('process.fitView'),
          }}
        >
          <Background gap={22} />
          <Controls showInteractive={false} position="top-right" />
        </ReactFlow>
      )}
    </section>
  );
}

function toNode(box: Box, occupancy: Occupancy, selected: string | undefined): BoxNode {
  return {
    id: box.id,
    type: box.kind,
    position: { x: box.x, y: box.y },
    width: box.width,
    height: box.height,
    ...(box.parent !== undefined && { parentId: box.parent }),
    data: {
      ...(box.step && { step: box.step }),
      ...(box.label !== undefined && { label: box.label }),
      count: occupancy.standing[box.id] ?? 0,
      incidents: occupancy.incidents[box.id] ?? 0,
      chosen: box.id === selected,
    },
  };
}

/** The library wants a box before what lies in it. */
function parentsFirst(nodes: BoxNode[]): BoxNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const depth = (node: BoxNode): number => {
    const parent = node.parentId === undefined ? undefined : byId.get(node.parentId);
    return parent === undefined ? 0 : depth(parent) + 1;
  };
  return nodes.toSorted((a, b) => depth(a) - depth(b));
}

function toEdge(line: Line, name: (exit: string) => string): WayEdge {
  return {
    id: line.id,
    source: line.from,
    target: line.to,
    type: 'way',
    markerEnd: { type: MarkerType.ArrowClosed, width: 18, height: 18, color: 'var(--mantine-color-dimmed)' },
    data: { points: line.points, at: line.label, text: line.exits.map(name).join(', ') },
  };
}
