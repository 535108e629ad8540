import type { PipelineLine } from '../engine/pipeline/play.ts';
import type { PipelineRun } from '../engine/pipeline/simulate.ts';
import { moment, sinceStart } from './story.ts';

/** A played deal, one dated line for each event, each move or refusal and each step of its stages. */
export function pipelineStory({ zone, startedAt, story }: PipelineRun): string[] {
  const lines = story.flatMap((line) => {
    const text = told(line);
    return text === null ? [] : [`${moment(line.at, zone)}  ${sinceStart(line.at - startedAt)}  ${text}`];
  });
  return [`times of ${zone}`, ...lines];
}

function told(line: PipelineLine): string | null {
  switch (line.what) {
    case 'event':
      return line.name;
    case 'move':
      return `${line.from} → ${line.to}${line.move === undefined ? '' : ` by itself (${line.move})`}`;
    case 'refused':
      return `not into ${line.to}: ${line.guards.join(', ')}${line.move === undefined ? '' : ` (${line.move})`}`;
    case 'step':
      return typeof line.detail.effect === 'string' ? `${line.part}, ${line.step}: ${line.detail.effect}` : null;
  }
}
