import { z } from 'zod';
import type { Json, JsonObject } from '../json.ts';
import type { Context } from '../model/context.ts';
import type { EffectItems, EffectName } from '../model/effects.ts';
import type { DomainEvent, EffectError, EffectResult } from '../model/event.ts';
import type { InstanceState, Token } from '../model/state.ts';
import type { TimelineKind } from '../model/timeline.ts';
import type { Settings } from '../schema/process.ts';
import { stepHead } from '../schema/process.ts';

/** What every step has, whatever its type. */
export interface StepBase {
  id: string;
  type: string;
  name?: string | { en: string; ru: string } | undefined;
  next?: string | Record<string, string> | undefined;
  onError?: string | undefined;
}

/** Something outside the step that it names: validators look these up without knowing the step's type. */
export interface Reference {
  kind:
    | 'template'
    | 'segment'
    | 'process'
    | 'calendar'
    | 'event'
    | 'step'
    | 'field'
    | 'send-window'
    | 'routing'
    | 'pipeline'
    | 'user'
    | 'role';
  /** A template is named `channel/template`; the others by their key. */
  key: string;
  /** Where in the step it stands. */
  path: readonly (string | number)[];
}

/** Something that makes sense for subjects of one kind, and where in the step it stands. */
export interface SubjectOnly {
  subject: 'ticket' | 'deal';
  path: readonly (string | number)[];
}

/** A list of steps inside a container, and where in the container it stands. */
export interface NestedList {
  steps: readonly StepBase[];
  path: readonly (string | number)[];
}

/** CEL text in a step: `event` says whether `event` is in scope, `yields` what it must be. */
export interface Expression {
  text: string;
  path: readonly (string | number)[];
  yields: 'bool' | 'any';
  event?: boolean;
}

export type Evaluated<T> = { ok: true; value: T; read: JsonObject } | { ok: false; error: EffectError };

/** What a step sees when it is entered or when something comes. All times are epoch milliseconds. */
export interface Visit<P extends StepBase = StepBase> {
  readonly step: P;
  readonly token: Readonly<Token>;
  readonly state: Readonly<InstanceState>;
  readonly process: { readonly key: string; readonly settings: Settings };
  readonly context: Context;
  /** The instant that counts: of the event's occurrence, of the deadline that came, of the effect's answer. */
  readonly at: number;
  /** The moment of deciding; not before `at`. */
  readonly now: number;
  /** `instance/step/visit`. */
  readonly key: string;
  /** Zone order: contact, definition, company. */
  readonly zone: string;
  holds(text: string, event?: DomainEvent): Evaluated<boolean>;
  evaluate(text: string, event?: DomainEvent): Evaluated<Json>;
  /** Current value of a path such as `contact.attributes.renewalDate`; null when it is not there. */
  field(path: string): Json;
}

/** What can reach a step that is standing. */
export type Signal =
  | { type: 'due' }
  /** `at`: when it counts as having come; later than it happened where a pause kept it. */
  | { type: 'received'; event: DomainEvent; at: number }
  | { type: 'performed'; result: EffectResult }
  /** A nested list ran off its end. */
  | { type: 'branch-ended'; branch: string }
  /** A step nested anywhere below has left a wait. */
  | { type: 'wait-passed' };

type EffectRequest = { [N in EffectName]: { name: N; item: EffectItems[N] } }[EffectName];

/** Goes on by an exit. */
export interface Leave {
  do: 'leave';
  exit: string;
  detail?: JsonObject;
  /** Id of the event that is used up by this. */
  take?: string;
  /** Written to the instance's `vars`, and to its arms. */
  vars?: Record<string, Json>;
  arms?: Record<string, string>;
  /** Kind of the timeline entry, when not `left`. */
  as?: TimelineKind;
}

/** What a step answers; `process/tokens.ts` carries it out. `detail` goes to the timeline. */
export type Reaction =
  | Leave
  | { do: 'wait'; until: number | null; detail?: JsonObject; data?: JsonObject; as?: TimelineKind }
  | { do: 'perform'; effect: EffectRequest; detail?: JsonObject; data?: JsonObject }
  /** Runs nested lists in child tokens. */
  | { do: 'fork'; branches: readonly string[]; detail?: JsonObject; data?: JsonObject }
  | { do: 'end'; outcome: string; detail?: JsonObject }
  | { do: 'fail'; error: EffectError }
  | { do: 'stay'; data?: JsonObject };

type Shape = z.ZodRawShape;
type Head<T extends string> = typeof stepHead & { type: z.ZodLiteral<T> };
type StepSchema<T extends string, S extends Shape> = z.ZodObject<Head<T> & S, z.core.$strict>;

/** Schema of a nested list of steps, given to containers. */
export type StepListSchema = z.ZodType<StepBase[]>;

type Group = 'flow' | 'contact' | 'messages' | 'people' | 'outside';

interface Parts<T extends string, S extends Shape, P extends StepBase> {
  type: T;
  /** One sentence for the docs and the palette. */
  summary: string;
  group: Group;
  params: S | ((steps: StepListSchema) => S);
  /** What no single parameter can say: the path and the message of a mistake, or null. */
  check?(step: P): { path: (string | number)[]; message: string } | null;
  /** Exits in the order in which editors show them; the first is the usual one. */
  exits(step: P): readonly string[];
  /** Time may pass here, so a cycle through it does not run away. */
  waits?: boolean;
  effects?: readonly EffectName[];
  nested?(step: P): Record<string, NestedList>;
  /** Events that it takes even when they came before it. */
  early?(step: P): readonly string[];
  references?(step: P): readonly Reference[];
  /** Parameters that only a ticket, or only a deal, as the subject can have; the path `[]` is the step itself. */
  subjectOnly?(step: P): readonly SubjectOnly[];
  /** Names of `vars` that it sets. */
  provides?(step: P): readonly string[];
  /** What its message's template gets beside the usual, and must read: the message is for nothing else. */
  gives?: readonly string[];
  expressions?(step: P): readonly Expression[];
  enter(visit: Visit<P>): Reaction;
  /** Default: a deadline or an effect's answer leaves by the first exit, all else is passed by. */
  on?(visit: Visit<P>, signal: Signal): Reaction;
  /** Takes back what it asked for, when something else ends it. */
  abandon?(visit: Visit<P>): EffectRequest;
}

/** A step type with its parts filled in: what compile, advance, validators, docs and editors work with. */
export interface StepType<P extends StepBase = StepBase, Schema = z.ZodType<StepBase>> {
  readonly type: string;
  readonly summary: string;
  readonly group: Group;
  readonly waits: boolean;
  readonly effects: readonly EffectName[];
  schema(steps: StepListSchema): Schema;
  exits(step: P): readonly string[];
  nested(step: P): Record<string, NestedList>;
  early(step: P): readonly string[];
  references(step: P): readonly Reference[];
  subjectOnly(step: P): readonly SubjectOnly[];
  provides(step: P): readonly string[];
  readonly gives: readonly string[];
  expressions(step: P): readonly Expression[];
  enter(visit: Visit<P>): Reaction;
  on(visit: Visit<P>, signal: Signal): Reaction;
  abandon(visit: Visit<P>): EffectRequest | undefined;
}

/** A parsed step with these parameters. */
export type StepOf<S extends Shape> = z.infer<z.ZodObject<S>> & StepBase;

type Params<T extends string, S extends Shape> = z.infer<StepSchema<T, S>> & StepBase;

/** Makes a step type out of its schema, meaning, exits and hints. */
export function defineStep<T extends string, S extends Shape>(
  parts: Parts<T, S, Params<T, S>>,
): StepType<Params<T, S>, StepSchema<T, S>> {
  const { check } = parts;
  return {
    type: parts.type,
    summary: parts.summary,
    group: parts.group,
    waits: parts.waits ?? false,
    effects: parts.effects ?? [],
    schema(steps) {
      const shape = typeof parts.params === 'function' ? parts.params(steps) : parts.params;
      const schema = z.strictObject({ ...stepHead, type: z.literal(parts.type), ...shape }).describe(parts.summary);
      if (check === undefined) return schema;
      return schema.superRefine((step, issues) => {
        const mistake = check(step as Params<T, S>);
        if (mistake !== null) issues.addIssue({ code: 'custom', ...mistake });
      });
    },
    exits: (step) => parts.exits(step),
    nested: (step) => parts.nested?.(step) ?? {},
    early: (step) => parts.early?.(step) ?? [],
    references: (step) => parts.references?.(step) ?? [],
    subjectOnly: (step) => parts.subjectOnly?.(step) ?? [],
    provides: (step) => parts.provides?.(step) ?? [],
    gives: parts.gives ?? [],
    expressions: (step) => parts.expressions?.(step) ?? [],
    enter: (visit) => parts.enter(visit),
    abandon: (visit) => parts.abandon?.(visit),
    on: (visit, signal) => parts.on?.(visit, signal) ?? usual(parts.exits(visit.step), signal),
  };
}

function usual(exits: readonly string[], signal: Signal): Reaction {
  const exit = exits[0] ?? 'done';
  if (signal.type === 'due') return { do: 'leave', exit };
  if (signal.type === 'performed') return { do: 'leave', exit, as: 'performed', detail: signal.result };
  return { do: 'stay' };
}
