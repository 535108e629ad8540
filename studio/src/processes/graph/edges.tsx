import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import type { Line } from './layout.ts';

export type WayEdge = Edge<{ points: Line['points']; at: Line['label']; text: string }>;

/** A line by the corners that the layout found, which leave room for the boxes on the way; the corners are rounded. */
function Way({ id, data, markerEnd }: EdgeProps<WayEdge>) {
  if (data === undefined) return null;
  const { points, at, text } = data;
  return (
    <>
      <BaseEdge id={id} path={rounded(points)} {...(markerEnd !== undefined && { markerEnd })} />
      {text !== '' && (
        <EdgeLabelRenderer>
          <div className="way-label" style={{ transform: `translate(${at.x}px, ${at.y}px) translate(-50%, -50%)` }}>
            {text}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
}

function rounded(points: Line['points']): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  const curves = rest.slice(0, -1).map((corner, index) => {
    const next = rest[index + 1] ?? last;
    return `Q ${corner.x} ${corner.y} ${(corner.x + next.x) / 2} ${(corner.y + next.y) / 2}`;
  });
  return `M ${first.x} ${first.y} ${curves.join(' ')} L ${last.x} ${last.y}`;
}

export const edgeTypes = { way: Way };
