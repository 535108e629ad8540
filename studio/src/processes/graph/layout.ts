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
  /** Corners, counted from the drawing's. */
  points: Point[];
  /** Middle of the label. */
  label: Point;
}

interface Point {
  x: number;
  y: number;
}

interface Drawing {
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

const startId = ' start';
const endId = ' end';

/** Places the steps from top to bottom; nested lists lie inside of their container, branches side by side. */
export function draw(compiled: CompiledProcess): Drawing {
  const drawing: Drawing = { boxes: [], lines: [], width: 0, height: 0 };
  const size = drawList(compiled, compiled.process.steps, undefined, drawing);
  const byId = new Map(drawing.boxes.map((box) => [box.id, box]));
  const lines = drawing.lines.map((line) => {
    const corner = cornerOf(byId.get(line.from)?.parent, byId);
    return { ...line, label: add(line.label, corner), points: line.points.map((point) => add(point, corner)) };
  });
  return { boxes: drawing.boxes, lines, ...size };
}

function add(a: Point, b: Point): Point {
  return { x: a.x + b.x, y: a.y + b.y };
}

/** Where a box begins, counted from the whole drawing's corner. */
function cornerOf(id: string | undefined, boxes: ReadonlyMap<string, Box>): Point {
  const box = boxes.get(id ?? '');
  return box === undefined ? { x: 0, y: 0 } : add(box, cornerOf(box.parent, boxes));
}

interface Size {
  width: number;
  height: number;
}

/** A `next` names only steps of its own list, so each list can be placed alone. @returns the room that it takes */
function drawList(
  compiled: CompiledProcess,
  list: readonly StepBase[],
  lane: string | undefined,
  drawing: Drawing,
): Size {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 36, ranksep: 46, marginx: 0, marginy: 0 });
  const steps = list.flatMap(({ id }) => compiled.steps.get(id) ?? []);
  for (const step of steps) graph.setNode(step.step.id, { ...sizeOf(compiled, step, drawing) });
  const ways = steps.flatMap((step) => linesFrom(step, lane === undefined));
  if (lane === undefined) {
    graph.setNode(startId, { ...roundSize });
    ways.unshift({ id: startId, from: startId, to: compiled.first, exits: [] });
    if (ways.some(({ to }) => to === endId)) graph.setNode(endId, { ...roundSize });
  }
  for (const { from, to, exits } of ways) {
    graph.setEdge(from, to, { width: exits.join(', ').length * 8, height: 18, labelpos: 'c' });
  }
  dagre.layout(graph);
  const inset = lane === undefined ? { x: 0, y: 0 } : { x: gap, y: laneTitle };
  for (const way of ways) {
    const { points = [], x = 0, y = 0 } = graph.edge(way.from, way.to);
    drawing.lines.push({
      ...way,
      label: add({ x, y }, inset),
      points: points.map((point: Point) => add(point, inset)),
    });
  }
  for (const id of graph.nodes()) {
    const { x, y, width, height } = graph.node(id);
    const step = compiled.steps.get(id);
    drawing.boxes.push({
      id,
      kind: kindOf(id, step),
      ...add({ x: x - width / 2, y: y - height / 2 }, inset),
      width,
      height,
      ...(lane !== undefined && { parent: lane }),
      ...(step && { step }),
    });
  }
  const { width = 0, height = 0 } = graph.graph();
  return { width, height };
}

function kindOf(id: string, step: CompiledStep | undefined): Box['kind'] {
  if (id === startId) return 'start';
  if (id === endId) return 'end';
  return step && step.branches.size > 0 ? 'container' : 'step';
}

/** The size of a step's box. What lies in a container is drawn on the way. */
function sizeOf(compiled: CompiledProcess, { step, type }: CompiledStep, drawing: Drawing): Size {
  const lanes = Object.entries(type.nested(step));
  if (lanes.length === 0) return stepSize;
  let right = gap;
  let tallest = 0;
  for (const [name, { steps }] of lanes) {
    const id = `${step.id}/${name}`;
    const inside = drawList(compiled, steps, id, drawing);
    const lane = { width: inside.width + 2 * gap, height: inside.height + laneTitle + gap };
    drawing.boxes.push({ id, kind: 'lane', parent: step.id, x: right, y: titleHeight, ...lane, label: name });
    right += lane.width + gap;
    tallest = Math.max(tallest, lane.height);
  }
  return { width: Math.max(right, stepSize.width), height: titleHeight + tallest + gap };
}

/** The end of a nested list leads back to its container, which needs no line. */
function linesFrom(step: CompiledStep, top: boolean): Omit<Line, 'points' | 'label'>[] {
  return waysFrom(step).flatMap(({ to, exits }) => {
    const box = to ?? (top ? endId : undefined);
    return box === undefined ? [] : [{ id: `${step.step.id} ${box}`, from: step.step.id, to: box, exits }];
  });
}
