import type { DefinitionRef } from '../model/state.ts';
import { type Pipeline, type Process, processSchema, type Stage } from '../schema/index.ts';
import type { StepBase } from '../steps/define.ts';

/** Ids of steps that begin so are those of the pipeline itself. */
export const reserved = 'stage-';

/** How a reference to a pipeline names what runs while a deal is in a stage, and what runs when it leaves. */
export function stagePart(stage: string): string {
  return `stage:${stage}`;
}

export function leavePart(stage: string): string {
  return `leave:${stage}`;
}

/** Events by which a deal comes into a stage, and those by which it leaves one. */
export const entering: ReadonlySet<string> = new Set(['deal.created', 'deal.stage-changed', 'deal.reopened']);
export const leaving: ReadonlySet<string> = new Set(['deal.stage-changed', 'deal.won', 'deal.lost']);

const made = new WeakMap<Stage, { stage?: Process; leave?: Process }>();

/** Whether a stage has anything to do while a deal is in it. */
export function isActive({ enter, deadline, idle }: Stage): boolean {
  return enter !== undefined || deadline !== undefined || idle !== undefined;
}

/**
 * A part of a pipeline as an ordinary process, whose subject is the deal: `stage:<key>` its steps on entering, then side by side its deadline and its
 * idle limit, all over when the deal goes elsewhere; `leave:<key>` its steps on leaving. Made once per pipeline object.
 * @throws RangeError for a part that the pipeline does not have: the reference belongs to another version
 */
export function pipelineProcess(pipeline: Pipeline, { part = '', version }: DefinitionRef): Process {
  const stage = pipeline.stages.find(({ key }) => part === stagePart(key) || part === leavePart(key));
  if (stage === undefined) throw new RangeError(`version ${version} of pipeline "${pipeline.key}" has no "${part}"`);
  const known = made.get(stage) ?? {};
  made.set(stage, known);
  if (part === stagePart(stage.key)) {
    known.stage ??= build(pipeline, stage, stageSteps(stage), exits);
    return known.stage;
  }
  known.leave ??= build(pipeline, stage, stage.leave ?? [], []);
  return known.leave;
}

const exits = [
  { event: 'deal.stage-changed', outcome: 'moved' },
  { event: 'deal.won', outcome: 'won' },
  { event: 'deal.lost', outcome: 'lost' },
];

function build(pipeline: Pipeline, { key, name }: Stage, steps: readonly object[], exits: readonly object[]): Process {
  const process = processSchema.parse({
    kind: 'process',
    key,
    name,
    subject: 'deal',
    triggers: [{ on: 'process' }],
    entry: { reentry: 'always' },
    exits,
    settings: { purpose: 'transactional', maxVisits: 100_000 },
    steps,
  });
  return { ...process, key: `${pipeline.key}/${key}` };
}

function stageSteps({ enter = [], deadline, idle }: Stage): object[] {
  const branches = {
    ...(deadline && { deadline: deadlineSteps(deadline) }),
    ...(idle && { idle: idleSteps(idle) }),
  };
  const lists = Object.values(branches);
  return [...enter, ...(lists.length > 1 ? [{ id: `${reserved}limits`, type: 'parallel', branches }] : lists.flat())];
}

function deadlineSteps({ within, calendar, steps }: NonNullable<Stage['deadline']>): object[] {
  return [{ id: `${reserved}deadline`, type: 'wait', for: within, ...(calendar && { calendar }) }, ...steps];
}

/**
 * Waits until nothing has happened for so long, does its steps, and begins anew after as long again. While a task is open it only begins anew: a task
 * that is closed counts as activity, so nothing comes later than it should.
 */
function idleSteps({ within, calendar, steps }: NonNullable<Stage['idle']>): (StepBase | object)[] {
  const [idle, again] = [`${reserved}idle`, `${reserved}idle-again`];
  const [first] = steps;
  const rolled = calendar && { calendar, roll: 'forward' };
  const planned = { name: 'planned', when: 'deal.openTasks > 0' };
  const next = { planned: again, ...(first && { else: first.id }) };
  return [
    { id: idle, type: 'wait', until: 'deal.activityAt', offset: within, past: 'now', ...rolled },
    { id: `${reserved}idle-planned`, type: 'branch', cases: [planned], next },
    ...steps,
    { id: again, type: 'wait', for: within, next: idle },
  ];
}
