import type { Json } from '../engine/json.ts';
import type { TimelineEntry } from '../engine/model/timeline.ts';
import type { SimulationRun } from '../engine/simulate/simulate.ts';
import { localParts } from '../engine/time/zone.ts';

/** A played journey, one dated line for each thing that happened, in the zone that its durations are counted in. */
export function story(run: SimulationRun): string[] {
  const { zone, startedAt } = run;
  const lines = [`times of ${zone}`];
  const says = (at: number, text: string) => lines.push(`${moment(at, zone)}  ${sinceStart(at - startedAt)}  ${text}`);
  if (run.refused !== undefined) says(startedAt, `not started: ${run.refused}`);
  for (const entry of run.timeline) {
    const text = told(entry, zone);
    if (text !== null) says(entry.at, text);
  }
  if (run.refused === undefined && run.outcome === null) lines.push('still under way when the scenario ends');
  return lines;
}

/** One line of the story; null for what another line says already. */
function told({ kind, step, detail = {} }: TimelineEntry, zone: string): string | null {
  const until = typeof detail.deadline === 'number' ? `until ${moment(detail.deadline, zone)}` : 'until it comes';
  const exit = typeof detail.exit === 'string' ? detail.exit : '';
  switch (kind) {
    case 'started':
      return `started by ${detail.event}`;
    case 'entered':
    case 'waiting':
      // A step that waited first, for a send window, asks for its effect later than it was entered.
      if (typeof detail.effect === 'string') return `${step}: ${effect(detail)}`;
      if (kind === 'entered') return null;
      if (Array.isArray(detail.branches)) return `${step}: ${begun(detail.branches, detail.passes)}`;
      if (detail.reason === 'window') return `${step}: waits for its send window ${until}`;
      return `${step}: waits${detail.event === undefined ? '' : ` for ${detail.event}`} ${until}`;
    case 'deferred':
      return `${step}: put off (${detail.reason}) ${until}`;
    case 'performed':
    case 'left':
      return exit === 'end' || exit === 'done' ? null : `${step}: goes by "${exit}"`;
    case 'received':
      return step === undefined ? `received ${detail.event}` : `${step}: received ${detail.event}`;
    case 'skipped':
      return `${step}: skipped${detail.reason === undefined ? '' : ` (${detail.reason})`}`;
    case 'goal':
    case 'exit':
      return `${kind} met: ${detail.event ?? detail.when}`;
    case 'incident':
      return `${step ?? 'process'}: INCIDENT ${detail.message}`;
    case 'ended':
      return `ended: ${detail.outcome}`;
    case 'retried':
    case 'paused':
    case 'resumed':
    case 'cancelled':
      return kind;
    case 'clock':
      return null;
  }
}

/** A container's step: its branches, or one more pass through its body after so many. */
function begun(branches: readonly Json[], passes: Json | undefined): string {
  return typeof passes === 'number' ? `pass ${passes + 1}` : `runs ${branches.join(', ')}`;
}

function effect(detail: NonNullable<TimelineEntry['detail']>): string {
  if (typeof detail.template === 'string') return `${detail.channel} "${detail.template}"`;
  return String(detail.effect);
}

/** `2026-03-02 mon 09:30` of a zone. */
export function moment(at: number, zone: string): string {
  const { date, weekday, hour, minute, second } = localParts(at, zone);
  const time = [hour, minute, ...(second === 0 ? [] : [second])].map((part) => String(part).padStart(2, '0')).join(':');
  return `${date} ${weekday} ${time}`;
}

/** `+2d 03:00`: how long after the start. */
export function sinceStart(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const time = [Math.floor((minutes % 1440) / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `+${String(Math.floor(minutes / 1440))}d ${time}`.padStart(10);
}
