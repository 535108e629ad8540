import { canonicalJson } from '../hash.ts';
import { isObject, type Json } from '../json.ts';
import type { Scenario } from '../schema/process.ts';
import { addDuration } from '../time/duration.ts';
import type { SimulationRun } from './simulate.ts';

/** What of a run is not as its scenario expects, one message each; problems of the run come first. */
export function checkRun(run: SimulationRun, { expect }: Scenario): string[] {
  const found = [...run.problems];
  if (run.refused !== undefined && expect.outcome !== null) found.push(`the process did not start: ${run.refused}`);
  if (expect.outcome !== undefined && expect.outcome !== run.outcome) {
    found.push(`outcome: expected ${shown(expect.outcome)}, was ${shown(run.outcome)}`);
  }
  if (expect.steps !== undefined && !stepsFit(expect.steps, run)) {
    found.push(`steps: expected ${expect.steps.join(', ')}; went ${run.steps.join(', ')}`);
  }
  found.push(...messageMismatches(run, expect.messages), ...taskMismatches(run, expect.tasks));
  for (const { step, reason } of expect.skipped ?? []) {
    const there = run.skipped.filter((one) => one.step === step);
    if (there.length === 0) found.push(`skipped: step "${step}" was not skipped`);
    else if (reason !== undefined && !there.some((one) => one.reason === reason)) {
      found.push(
        `skipped: step "${step}" expected for ${reason}, was for ${there.map((one) => one.reason).join(', ')}`,
      );
    }
  }
  for (const subject of ['contact', 'ticket', 'deal'] as const) {
    for (const [name, wanted] of Object.entries(expect[subject] ?? {})) {
      found.push(...differences(wanted, jsonAt(run[subject] ?? {}, name), `${subject}.${name}`));
    }
  }
  return found;
}

/** All steps entered; the one at which the run stopped or was stopped may be left off. */
function stepsFit(wanted: readonly string[], run: SimulationRun): boolean {
  const whole = run.steps.join(' ');
  const text = wanted.join(' ');
  if (text === whole) return true;
  const last = run.timeline.findLast(({ kind, step }) => step !== undefined && kind !== 'ended');
  const stoppedInside = last?.kind === 'waiting' || last?.kind === 'entered' || last?.kind === 'deferred';
  return stoppedInside && text === run.steps.slice(0, -1).join(' ');
}

function messageMismatches(run: SimulationRun, wanted: Scenario['expect']['messages']): string[] {
  if (wanted === undefined) return [];
  const was = run.messages.map(({ template }) => template).join(', ') || 'none';
  if (wanted.length !== run.messages.length) {
    return [`messages: expected ${wanted.map(({ template }) => template).join(', ') || 'none'}; were ${was}`];
  }
  return wanted.flatMap(({ template, channel, after }, index) => {
    const message = run.messages[index];
    if (message === undefined || message.template !== template)
      return [`messages: expected ${template} as number ${index + 1}; were ${was}`];
    const wrong =
      channel !== undefined && channel !== message.channel
        ? [`messages: ${template} went by ${message.channel}, not ${channel}`]
        : [];
    return [...wrong, ...timeMismatch(run, `messages: ${template}`, message.at, after)];
  });
}

function taskMismatches(run: SimulationRun, wanted: Scenario['expect']['tasks']): string[] {
  if (wanted === undefined) return [];
  if (wanted.length !== run.tasks.length) return [`tasks: expected ${wanted.length}, were ${run.tasks.length}`];
  return wanted.flatMap(({ step, after }, index) => {
    const task = run.tasks[index];
    if (task === undefined || task.step !== step)
      return [`tasks: expected one by step "${step}" as number ${index + 1}`];
    return timeMismatch(run, `tasks: that of "${step}"`, task.at, after);
  });
}

function timeMismatch(run: SimulationRun, what: string, at: number, after: string | undefined): string[] {
  if (after === undefined) return [];
  const wanted = addDuration(run.startedAt, after, run.zone);
  if (wanted === at) return [];
  return [
    `${what} expected after ${after}, at ${new Date(wanted).toISOString()}; was at ${new Date(at).toISOString()}`,
  ];
}

/** Where a value lacks what is wanted; members of objects that nobody asks for may be anything. */
export function differences(wanted: Json, was: Json, path: string): string[] {
  if (isObject(wanted) && isObject(was)) {
    return Object.entries(wanted).flatMap(([name, member]) =>
      differences(member, was[name] ?? null, `${path}.${name}`),
    );
  }
  return canonicalJson(wanted) === canonicalJson(was) ? [] : [`${path}: expected ${shown(wanted)}, was ${shown(was)}`];
}

function jsonAt(holder: object, name: string): Json {
  return Reflect.get(holder, name) ?? null;
}

function shown(value: Json): string {
  return value === null ? 'none' : JSON.stringify(value);
}
