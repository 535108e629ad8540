import { hash32 } from '../hash.ts';
import type { JsonObject } from '../json.ts';
import type { Library } from '../library.ts';
import type { Context } from '../model/context.ts';
import { dealJson } from '../model/deal.ts';
import type { DomainEvent, EngineEvent } from '../model/event.ts';
import type { DefinitionRef, InstanceState, SubjectRef } from '../model/state.ts';
import { ticketJson } from '../model/ticket.ts';
import type { TimelineEntry } from '../model/timeline.ts';
import { advance } from '../process/advance.ts';
import { isInterested } from '../process/interests.ts';
import { startInstance } from '../process/start.ts';
import type { Process } from '../schema/index.ts';
import type { Consequence, World } from './world.ts';

/** A step of a part that is played. Times are epoch ms. */
export interface PartLine {
  at: number;
  /** Name of the part: of an escalation, of a stage. */
  part: string;
  step: string;
  kind: TimelineEntry['kind'];
  detail: JsonObject;
}

interface Part {
  name: string;
  process: Process;
  state: InstanceState;
  deadline: number | null;
}

interface Hear {
  line(line: PartLine): void;
  problem(text: string): void;
  /** What follows from what a part did. */
  follow(consequences: readonly Consequence[]): void;
}

/** What a library or a world knows, as decisions see it. */
export function contextOf({ contact, ticket, deal, openTasks }: World, { calendars, policy }: Library): Context {
  return {
    contact,
    calendars,
    policy,
    ...(ticket && { ticket: ticketJson(ticket) }),
    ...(deal && { deal: { ...dealJson(deal.view), openTasks } }),
  };
}

/** Steps inside a definition that is no process, played under a virtual clock: escalations of a policy, stages of a pipeline. */
export class PlayedParts {
  readonly #library: Library;
  readonly #world: World;
  readonly #hear: Hear;
  readonly #parts: Part[] = [];

  constructor(library: Library, world: World, hear: Hear) {
    this.#library = library;
    this.#world = world;
    this.#hear = hear;
  }

  start(
    name: string,
    process: Process,
    begin: { id: string; definition: Required<DefinitionRef>; subject: SubjectRef; trigger: DomainEvent },
    now: number,
  ): void {
    const state = startInstance({ ...begin, process, now, seed: hash32(begin.id) });
    const part: Part = { name, process, state, deadline: null };
    this.#parts.push(part);
    this.#move(part, { type: 'started', at: now }, now);
  }

  /** Tells all that are interested. */
  receive(event: DomainEvent, now: number): void {
    for (const part of this.#parts) {
      if (isInterested(part.process, event)) this.#move(part, { type: 'received', at: now, event }, now);
    }
  }

  /** When the next of them is due; infinite where none is. */
  get due(): number {
    return Math.min(...this.#parts.map(({ deadline }) => deadline ?? Number.POSITIVE_INFINITY));
  }

  /** Lets the one that is due first go on. */
  fire(now: number): void {
    const { due } = this;
    const part = this.#parts.find(({ deadline }) => deadline === due);
    if (part !== undefined) this.#move(part, { type: 'due', at: now }, now);
  }

  #move(part: Part, event: EngineEvent, now: number): void {
    const context = contextOf(this.#world, this.#library);
    const { state, deadline, timeline, effects } = advance(part.process, part.state, event, context, now);
    Object.assign(part, { state, deadline });
    for (const { at, step, kind, detail = {} } of timeline) {
      if (kind === 'incident') this.#hear.problem(`incident in "${part.name}": ${detail.message}`);
      if (step !== undefined) this.#hear.line({ at, part: part.name, step, kind, detail });
    }
    for (const effect of effects) {
      const { result, follows } = this.#world.perform(effect, now);
      this.#move(part, { type: 'performed', at: now, key: effect.key, result }, now);
      this.#hear.follow(follows);
    }
  }
}
