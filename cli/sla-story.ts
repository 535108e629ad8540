import type { SlaRun } from '../engine/sla/simulate.ts';
import type { SlaLine } from '../engine/sla/stage.ts';
import { moment, sinceStart } from './story.ts';

/** A played ticket, one dated line for each event, each line of its clocks and each step of its escalations. */
export function slaStory({ zone, startedAt, story }: SlaRun): string[] {
  const lines = story.flatMap((line) => {
    const text = told(line, zone);
    return text === null ? [] : [`${moment(line.at, zone)}  ${sinceStart(line.at - startedAt)}  ${text}`];
  });
  return [`times of ${zone}`, ...lines];
}

function told(line: SlaLine, zone: string): string | null {
  if (line.what === 'event') return line.name;
  if (line.what === 'step') {
    if (typeof line.detail.effect !== 'string') return null;
    return `escalation ${line.escalation}, ${line.step}: ${line.detail.effect}`;
  }
  const { target, n, change, why, due, escalation, consumed, goal } = line;
  const until = due === null ? 'stands' : `due ${moment(due, zone)}`;
  const name = `${target}${n > 1 ? ` #${n}` : ''}`;
  const used = `${minutes(consumed)} of ${minutes(goal)} min`;
  if (escalation !== undefined) return `${name}: ${change} at ${why} (${escalation}), ${used}`;
  if (change === 'met' || change === 'cancelled') return `${name}: ${change} by ${why}, ${used}`;
  return `${name}: ${change}${change === 'breached' ? '' : ` (${why})`}, ${used}, ${until}`;
}

function minutes(ms: number): number {
  return Math.round(ms / 60_000);
}
