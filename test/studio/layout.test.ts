import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../config/root.ts';
import { compile } from '../../engine/process/compile.ts';
import { type Process, processSchema } from '../../engine/schema/index.ts';
import { type Box, draw } from '../../studio/src/processes/graph/layout.ts';
import { tour } from './tour.ts';

const folder = join(packageRoot, 'definitions', 'processes');
const shipped = readdirSync(folder).map((file) =>
  processSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
);
const nested = processSchema.parse({
  ...tour,
  key: 'nested',
  steps: [
    {
      id: 'again',
      type: 'repeat',
      max: 3,
      steps: [
        {
          id: 'both',
          type: 'parallel',
          branches: {
            left: [
              { id: 'sleep', type: 'wait', for: 'P1D' },
              { id: 'wake', type: 'wait', at: '09:00' },
            ],
            right: [{ id: 'points', type: 'adjust-score', points: 1 }],
          },
        },
      ],
    },
  ],
});
const processes: [string, Process][] = [...shipped, nested].map((process) => [process.key, process]);

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe('the drawing of a process', () => {
  it.each(processes)('%s: draws each step once, apart from the others and inside of its container', (_, process) => {
    const compiled = compile(process);
    const { boxes, lines } = draw(compiled);
    const byId = new Map(boxes.map((box) => [box.id, box]));
    expect(byId.size).toBe(boxes.length);
    for (const [id, { container }] of compiled.steps) {
      const box = byId.get(id);
      const lane = byId.get(box?.parent ?? '');
      expect(lane?.parent ?? null, id).toBe(container);
    }
    for (const [index, box] of boxes.entries()) {
      const around = byId.get(box.parent ?? '');
      if (around) {
        expect(box.x >= 0 && box.x + box.width <= around.width, box.id).toBe(true);
        expect(box.y >= 0 && box.y + box.height <= around.height, box.id).toBe(true);
      }
      const others = boxes.slice(index + 1).filter(({ parent }) => parent === box.parent);
      expect(
        others.filter((other) => overlap(box, other)).map(({ id }) => id),
        box.id,
      ).toEqual([]);
    }
    for (const { from, to } of lines) expect([byId.has(from), byId.has(to)]).toEqual([true, true]);
  });

  it('names the exits where a step has several ways, and only there', () => {
    const { lines } = draw(compile(processSchema.parse(tour)));
    const ways = lines.map(({ from, to, exits }) => [from.trim(), to.trim(), exits]);
    expect(ways).toContainEqual(['start', 'hello', []]);
    expect(ways).toContainEqual(['hello', 'text', []]);
    expect(ways).toContainEqual(['plan', 'both', ['pro']]);
    expect(ways).toContainEqual(['plan', 'done', ['else']]);
  });
});
