import { evaluate, holds, type Values } from '../conditions/evaluate.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Advance } from '../model/advance.ts';
import type { Context } from '../model/context.ts';
import type { Effect } from '../model/effects.ts';
import type { DomainEvent } from '../model/event.ts';
import type { InstanceState, Token } from '../model/state.ts';
import type { TimelineEntry, TimelineKind } from '../model/timeline.ts';
import { effectiveZone } from '../policy/zone.ts';
import type { Process } from '../schema/index.ts';
import type { Evaluated, StepBase, Visit } from '../steps/define.ts';
import { type CompiledProcess, type CompiledStep, compile } from './compile.ts';

/** One instance while it is being moved: a copy of its state that may be written to, and what came out so far. */
export interface Draft {
  readonly compiled: CompiledProcess;
  readonly state: InstanceState;
  readonly context: Context;
  readonly now: number;
  /** The instant that counts for what is being done, not before `floor`. */
  at: number;
  /** The same without the floor: what happened during a pause keeps its order. */
  happened: number;
  /** Nothing counts as earlier than this: the moment of a resume. */
  floor: number;
  readonly effects: Effect[];
  readonly timeline: TimelineEntry[];
  /** Tokens on their way to a step, or (null) off the end of their list. */
  moves: { token: Token; to: string | null }[];
}

export function openDraft(process: Process, state: InstanceState, context: Context, now: number): Draft {
  const copy: InstanceState = {
    ...state,
    tokens: state.tokens.map((token) => ({ ...token })),
  };
  const compiled = compile(process);
  return {
    compiled,
    state: copy,
    context,
    now,
    at: now,
    happened: now,
    floor: Number.NEGATIVE_INFINITY,
    effects: [],
    timeline: [],
    moves: [],
  };
}

/** What the draft came to. */
export function closeDraft({ state, effects, timeline }: Draft): Advance {
  let deadline: number | null = null;
  for (const token of state.tokens) {
    if (token.deadline !== null && (deadline === null || token.deadline < deadline)) deadline = token.deadline;
  }
  return {
    state,
    effects: stillWanted(effects, state),
    deadline: state.status === 'running' ? deadline : null,
    timeline,
    ...(state.outcome !== undefined && { outcome: state.outcome }),
  };
}

/**
 * Without the effects of steps that no longer stand there, because something ended them: nothing of these was performed, nothing shall be.
 * What takes back an effect is wanted where that one is not among them: it was performed before.
 */
export function stillWanted(effects: readonly Effect[], state: InstanceState): Effect[] {
  if (effects.length === 0) return [];
  const asked = new Set<string>();
  for (const token of state.tokens) if (token.phase === 'performing') asked.add(keyOf(state, token));
  return effects.filter((effect) =>
    effect.name === 'abandon-approval'
      ? !effects.some(({ key }) => key === effect.item.request)
      : asked.has(effect.key),
  );
}

/** Moves the draft to the instant at which something happened. */
export function moveTo(draft: Draft, happened: number): void {
  draft.happened = happened;
  draft.at = Math.max(happened, draft.floor);
}

export function note(draft: Draft, kind: TimelineKind, token?: Token, detail?: JsonObject): void {
  draft.state.entries += 1;
  const entry: TimelineEntry = { n: draft.state.entries, at: draft.at, kind };
  if (token !== undefined) {
    entry.step = token.step;
    entry.visit = token.visit;
  }
  if (detail !== undefined) entry.detail = detail;
  draft.timeline.push(entry);
}

/** The effect key of the step at which a token stands. */
export function keyOf(state: InstanceState, token: Token): string {
  return `${state.id}/${token.step}/${token.visit}`;
}

/** @throws RangeError for a step that the definition does not have: the state belongs to another version. */
export function compiledStep(draft: Draft, id: string): CompiledStep {
  const step = draft.compiled.steps.get(id);
  if (step === undefined) throw new RangeError(`process "${draft.compiled.process.key}" has no step "${id}"`);
  return step;
}

/** What conditions of this instance see. */
export function valuesOf({ state, context, now }: Draft, event?: DomainEvent): Values {
  return {
    // Asked for only by what looks at it: whoever decides may not have read it yet.
    get contact() {
      return context.contact;
    },
    trigger: state.trigger,
    vars: state.vars,
    now,
    calendars: context.calendars,
    ...(event !== undefined && { event }),
    ...(context.deal !== undefined && { deal: context.deal }),
    ...(context.ticket !== undefined && { ticket: context.ticket }),
  };
}

export function visitOf(draft: Draft, token: Token): Visit {
  return new DraftVisit(draft, token);
}

/** A class for speed: a journey makes several of these, and most steps read two or three fields. */
class DraftVisit implements Visit {
  readonly step: StepBase;
  readonly token: Token;
  readonly at: number;
  readonly #draft: Draft;

  constructor(draft: Draft, token: Token) {
    this.#draft = draft;
    this.step = compiledStep(draft, token.step).step;
    this.token = token;
    this.at = draft.at;
  }

  get state(): InstanceState {
    return this.#draft.state;
  }

  get process(): Process {
    return this.#draft.compiled.process;
  }

  get context(): Context {
    return this.#draft.context;
  }

  get now(): number {
    return Math.max(this.#draft.now, this.at);
  }

  get key(): string {
    return keyOf(this.#draft.state, this.token);
  }

  get zone(): string {
    const { context, compiled } = this.#draft;
    return effectiveZone(context.contact, compiled.process.settings.timezone, context.policy).zone;
  }

  holds(text: string, event?: DomainEvent): Evaluated<boolean> {
    return outcome(holds(text, valuesOf(this.#draft, event)));
  }

  evaluate(text: string, event?: DomainEvent): Evaluated<Json> {
    return outcome(evaluate(text, valuesOf(this.#draft, event)));
  }

  field(path: string): Json {
    return field(this.#draft, path);
  }
}

type Answer<T> = { ok: true; value: T; read: JsonObject } | { ok: false; code: string; message: string };

function outcome<T>(answer: Answer<T>): Evaluated<T> {
  return answer.ok ? answer : { ok: false, error: { code: answer.code, message: answer.message } };
}

function field(draft: Draft, path: string): Json {
  const [root, ...names] = path.split('.');
  let value: unknown = rootOf(draft, root);
  for (const name of names) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
    value = Reflect.get(value, name);
  }
  return isScalar(value) ? value : null;
}

function rootOf({ state, context }: Draft, name: string | undefined): unknown {
  if (name === 'vars') return state.vars;
  if (name === 'trigger') return state.trigger.data;
  return name === 'contact' || name === 'deal' || name === 'ticket' ? context[name] : undefined;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
