import dagre from '@dagrejs/dagre';
import { type CompiledProcess, type CompiledStep, target } from '../../../../engine/process/compile.ts';
import type { StepBase } from '../../../../engine/steps/define.ts';

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

export interface Way {
  id: string;
  from: string;
  to: string;
  /** Exits that go this way; empty where the step has only one. */
  exits: string[];
}

export interface Drawing {
  boxes: Box[];
  ways: Way[];
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
  const drawing: Drawing = { boxes: [], ways: [] };
  drawList(compiled, compiled.process.steps, undefined, drawing);
  return drawing;
}

interface Size {
  width: number;
  height: number;
}

/** A `next` names only steps of its own list, so each list can be placed alone. @returns the room that it takes */
function drawList(
  compiled: CompiledProcess,
  list: readonly StepBase[],
  parent: string | undefined,
  drawing: Drawing,
): Size {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 36, ranksep: 46, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  const steps = list.flatMap(({ id }) => compiled.steps.get(id) ?? []);
  for (const step of steps) graph.setNode(step.step.id, { ...sizeOf(compiled, step, drawing) });
  const ways = steps.flatMap((step) => waysFrom(step, parent === undefined));
  if (parent === undefined) {
    graph.setNode(startId, { ...roundSize });
    ways.unshift({ id: startId, from: startId, to: compiled.first, exits: [] });
    if (ways.some(({ to }) => to === endId)) graph.setNode(endId, { ...roundSize });
  }
  for (const { from, to, exits } of ways) graph.setEdge(from, to, { width: exits.join(', ').length * 7, height: 18 });
  drawing.ways.push(...ways);
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
function sizeOf(compiled: CompiledProcess, { step, type }: CompiledStep, drawing: Drawing): Size {
  const lanes = Object.entries(type.nested(step));
  if (lanes.length === 0) return stepSize;
  let right = gap;
  let tallest = 0;
  for (const [name, { steps }] of lanes) {
    const id = `${step.id}/${name}`;
    const inside: Drawing = { boxes: [], ways: [] };
    const { width, height } = drawList(compiled, steps, id, inside);
    const lane = { width: width + 2 * gap, height: height + laneTitle + gap };
    for (const box of inside.boxes) {
      if (box.parent === id) Object.assign(box, { x: box.x + gap, y: box.y + laneTitle });
    }
    drawing.boxes.push({ id, kind: 'lane', parent: step.id, x: right, y: titleHeight, ...lane, label: name });
    drawing.boxes.push(...inside.boxes);
    drawing.ways.push(...inside.ways);
    right += lane.width + gap;
    tallest = Math.max(tallest, lane.height);
  }
  return { width: Math.max(right, stepSize.width), height: titleHeight + tallest + gap };
}

/** Where a step leads; the end of a nested list leads back to its container, which needs no line. */
function waysFrom(step: CompiledStep, top: boolean): Way[] {
  const exits = step.type.exits(step.step);
  const ways = new Map<string, string[]>();
  for (const exit of exits) {
    const to = target(step, exit) ?? (top ? endId : undefined);
    if (to !== undefined) ways.set(to, [...(ways.get(to) ?? []), exit]);
  }
  const { onError } = step.step;
  if (onError !== undefined) ways.set(onError, [...(ways.get(onError) ?? []), 'error']);
  return [...ways].map(([to, by]) => ({
    id: `${step.step.id} ${to}`,
    from: step.step.id,
    to,
    exits: ways.size === 1 ? [] : by,
  }));
}
