import dagre from '@dagrejs/dagre';
import type { CompiledProcess, CompiledStep } from '../../../../engine/process/compile.ts';
import type { StepBase } from '../../../../engine/steps/define.ts';
import { waysFrom } from '../ways.ts';

/** A box of the drawing: a step, a container with its lists inside, or the beginning or end of the whole process. */
export interface Box {
  id: string;
  kind: 'step' | 'container' | 'lane' | 'start' | 'end';
  /** Box that it lies in; its place counts from there. */
  parent?: string;
  x: number;
  y: number;
  width: number;
  height: number;
  step?: CompiledStep;
  /** Name of the branch that a lane runs. */
  label?: string;
}

export interface Line {
  id: string;
  from: string;
  to: string;
  /** Exits that go this way; empty where all of the step's exits do. */
  exits: string[];
}

export interface Drawing {
  boxes: Box[];
  lines: Line[];
  width: number;
  height: number;
}

const stepSize = { width: 250, height: 78 };
const roundSize = { width: 150, height: 40 };
const titleHeight = 78;
const laneTitle = 26;
const gap = 20;

export const startId = ' start';
export const endId = ' end';

/** Places the steps from top to bottom; nested lists lie inside of their container, branches side by side. */
export function draw(compiled: CompiledProcess): Drawing {
  const parts: Parts = { boxes: [], lines: [] };
  const size = drawList(compiled, compiled.process.steps, undefined, parts);
  return { ...parts, ...size };
}

type Parts = Pick<Drawing, 'boxes' | 'lines'>;

interface Size {
  width: number;
  height: number;
}

/** A `next` names only steps of its own list, so each list can be placed alone. @returns the room that it takes */
function drawList(
  compiled: CompiledProcess,
  list: readonly StepBase[],
  parent: string | undefined,
  drawing: Parts,
): Size {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 36, ranksep: 46, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  const steps = list.flatMap(({ id }) => compiled.steps.get(id) ?? []);
  for (const step of steps) graph.setNode(step.step.id, { ...sizeOf(compiled, step, drawing) });
  const lines = steps.flatMap((step) => linesFrom(step, parent === undefined));
  if (parent === undefined) {
    graph.setNode(startId, { ...roundSize });
    lines.unshift({ id: startId, from: startId, to: compiled.first, exits: [] });
    if (lines.some(({ to }) => to === endId)) graph.setNode(endId, { ...roundSize });
  }
  for (const { from, to, exits } of lines) graph.setEdge(from, to, { width: exits.join(', ').length * 8, height: 18 });
  drawing.lines.push(...lines);
  dagre.layout(graph);
  const kinds: Record<string, Box['kind']> = { [startId]: 'start', [endId]: 'end' };
  for (const id of graph.nodes()) {
    const { x, y, width, height } = graph.node(id);
    const step = compiled.steps.get(id);
    const kind = kinds[id] ?? (step && step.branches.size > 0 ? 'container' : 'step');
    drawing.boxes.push({
      id,
      kind,
      x: x - width / 2,
      y: y - height / 2,
      width,
      height,
      ...(parent !== undefined && { parent }),
      ...(step && { step }),
    });
  }
  const { width = 0, height = 0 } = graph.graph();
  return { width, height };
}

/** The size of a step's box. What lies in a container is drawn on the way. */
function sizeOf(compiled: CompiledProcess, { step, type }: CompiledStep, drawing: Parts): Size {
  const lanes = Object.entries(type.nested(step));
  if (lanes.length === 0) return stepSize;
  let right = gap;
  let tallest = 0;
  for (const [name, { steps }] of lanes) {
    const id = `${step.id}/${name}`;
    const inside: Parts = { boxes: [], lines: [] };
    const { width, height } = drawList(compiled, steps, id, inside);
    const lane = { width: width + 2 * gap, height: height + laneTitle + gap };
    for (const box of inside.boxes) {
      if (box.parent === id) Object.assign(box, { x: box.x + gap, y: box.y + laneTitle });
    }
    drawing.boxes.push({ id, kind: 'lane', parent: step.id, x: right, y: titleHeight, ...lane, label: name });
    drawing.boxes.push(...inside.boxes);
    drawing.lines.push(...inside.lines);
    right += lane.width + gap;
    tallest = Math.max(tallest, lane.height);
  }
  return { width: Math.max(right, stepSize.width), height: titleHeight + tallest + gap };
}

/** The end of a nested list leads back to its container, which needs no line. */
function linesFrom(step: CompiledStep, top: boolean): Line[] {
  return waysFrom(step).flatMap(({ to, exits }) => {
    const box = to ?? (top ? endId : undefined);
    return box === undefined ? [] : [{ id: `${step.step.id} ${box}`, from: step.step.id, to: box, exits }];
  });
}
