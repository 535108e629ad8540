import type { JsonObject } from '../json.ts';
import type { Library } from '../library.ts';
import { carriesDeal, dealJson } from '../model/deal.ts';
import type { DomainEvent } from '../model/event.ts';
import type { DefinitionRef } from '../model/state.ts';
import type { Pipeline } from '../schema/index.ts';
import type { PipelineScenario } from '../schema/pipeline-scenario.ts';
import { ghostContact } from '../simulate/contact.ts';
import { GhostDeal } from '../simulate/deal.ts';
import { flatten } from '../simulate/fields.ts';
import { type PartLine, PlayedParts } from '../simulate/parts.ts';
import { type Consequence, World } from '../simulate/world.ts';
import { longestChain, moveByItself, tellsOfMove } from './automatic.ts';
import { type MoveScene, moveDeal } from './move.ts';
import { entering, isActive, leavePart, leaving, pipelineProcess, stagePart } from './stage.ts';

/** What happened in a played story. Times are epoch ms. */
export type PipelineLine =
  | { what: 'event'; at: number; name: string }
  | { what: 'move'; at: number; from: string; to: string; move?: string }
  | { what: 'refused'; at: number; to: string; guards: string[]; move?: string }
  | ({ what: 'step' } & PartLine);

const moves = new Set(['deal.stage-changed', 'deal.won', 'deal.lost', 'deal.reopened']);

/** One deal in one pipeline, with the steps of the stages through which it goes: all that a scenario moves. */
export class PipelinePlay {
  readonly story: PipelineLine[] = [];
  readonly deal: GhostDeal;
  readonly #pipeline: Pipeline;
  readonly #library: Library;
  readonly #world: World;
  readonly #parts: PlayedParts;
  readonly #mistakes: string[];
  readonly #refusals = new Map<string, string>();
  /** What is still to be told, and how many moves led to it. */
  readonly #queue: { consequence: Consequence; depth: number }[] = [];
  #telling = false;
  #now: number;
  #seq = 0;

  constructor(pipeline: Pipeline, library: Library, given: PipelineScenario['given'], start: number) {
    const person = ghostContact(given.contact, start);
    this.#pipeline = pipeline;
    this.#library = { ...library, pipelines: { ...library.pipelines, [pipeline.key]: pipeline } };
    this.#now = start;
    this.#mistakes = person.problems;
    const said = { pipeline: pipeline.key, currency: pipeline.currency, ...given.deal };
    this.deal = new GhostDeal(said, this.#library, person.contact.id, start);
    const surroundings = { contact: {}, users: given.users, http: {}, sent: [] };
    this.#world = new World(this.#library, surroundings, { contact: person.contact, deal: this.deal }, start);
    this.#parts = new PlayedParts(this.#library, this.#world, {
      line: (line) => this.story.push({ what: 'step', ...line }),
      problem: (text) => this.#mistakes.push(text),
      follow: (consequences) => this.#tell(consequences),
    });
    this.#tell([{ name: 'deal.created', data: {} }]);
  }

  get problems(): string[] {
    return [...this.#mistakes, ...this.#world.problems, ...this.deal.problems];
  }

  /** Something happens to the deal, or to its contact. */
  happen(at: number, { event, data, of, deal, contact, move }: PipelineScenario['events'][number]): void {
    this.#now = at;
    this.deal.touch(at);
    const changes = [
      ...this.deal.set(flatten(deal ?? {}), at),
      ...(contact === undefined ? [] : this.#world.change(flatten(contact))),
    ];
    this.#tell(changes);
    if (event !== undefined) this.#tell(of === undefined ? [{ name: event, data }] : this.#tied(event, data, of));
    if (move !== undefined) this.#obey(move);
  }

  /** Lets everything come that is due by then. */
  sleepUntil(at: number): void {
    for (let due = this.#due; due <= at; due = this.#due) {
      this.#now = Math.max(this.#now, due);
      if (this.#parts.due <= this.#now) this.#parts.fire(this.#now);
      else this.#tell(this.#world.approvals.attend(this.#now));
    }
  }

  /** When the next timer is due, of a stage or of an approval. */
  get #due(): number {
    return Math.min(this.#parts.due, this.#world.approvals.due);
  }

  /** What a step's latest task or approval has happened to it. */
  #tied(name: string, data: JsonObject, step: string): Consequence[] {
    if (name.startsWith('approval.')) return this.#world.approvals.tell(name, data, step, this.#now);
    return [{ name, data: this.#world.tied(name, data, step, this.#now).data }];
  }

  /** Somebody moves the deal. */
  #obey({ to, role, reason }: NonNullable<PipelineScenario['events'][number]['move']>): void {
    const before = this.deal.view;
    const verdict = moveDeal(this.#pipeline, before, { to, reason }, { ...this.#scene, role });
    if (verdict.ok) this.#tell(this.deal.become(verdict.deal));
    else if ('unknown' in verdict) this.#mistakes.push(`move: the pipeline has no ${verdict.unknown} for "${to}"`);
    else this.#refused(to, verdict.refused);
  }

  get #scene(): MoveScene {
    return { contact: this.#world.contact, calendars: this.#library.calendars, now: this.#now };
  }

  #refused(to: string, refused: readonly { guard: string }[], move?: string): void {
    const guards = refused.map(({ guard }) => guard);
    this.story.push({ what: 'refused', at: this.#now, to, guards, ...(move !== undefined && { move }) });
  }

  /** One after the other, as the intake does: what follows from an event comes after those that are waiting. */
  #tell(consequences: readonly Consequence[], depth = 0): void {
    this.#queue.push(...consequences.map((consequence) => ({ consequence, depth })));
    if (this.#telling) return;
    this.#telling = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      this.#apply(this.#event(next.consequence), next.depth);
    }
    this.#telling = false;
  }

  #event({ name, data }: Consequence): DomainEvent {
    this.#seq += 1;
    const whole = carriesDeal(name) ? { deal: dealJson(this.deal.view), ...data } : data;
    return { id: `event-${this.#seq}`, name, occurredAt: this.#now, seq: this.#seq, data: whole };
  }

  #apply(event: DomainEvent, depth: number): void {
    const { name, data } = event;
    if (moves.has(name)) {
      const move = typeof data.move === 'string' ? { move: data.move } : {};
      this.story.push({ what: 'move', at: this.#now, from: String(data.from), to: String(data.to), ...move });
      this.#refusals.clear();
    } else this.story.push({ what: 'event', at: this.#now, name });
    this.#parts.receive(event, this.#now);
    this.#begin(event);
    if (depth < longestChain && !tellsOfMove(event)) this.#look(event, depth);
  }

  /** Steps, deadline and limit of the stage into which the deal came, and the steps of the one that it left. */
  #begin(event: DomainEvent): void {
    const { stage } = this.deal.view;
    const { from } = event.data;
    const find = (key: unknown) => this.#pipeline.stages.find((one) => one.key === key);
    const left = leaving.has(event.name) ? find(from) : undefined;
    if (left?.leave !== undefined) this.#start(leavePart(left.key), event);
    const entered = entering.has(event.name) ? find(stage) : undefined;
    if (entered !== undefined && isActive(entered)) this.#start(stagePart(entered.key), event);
  }

  #start(part: string, trigger: DomainEvent): void {
    const definition: Required<DefinitionRef> = { key: this.#pipeline.key, version: 0, hash: '', part };
    const { id, contactId } = this.deal.view;
    const subject = { kind: 'deal' as const, id, contactId };
    const process = pipelineProcess(this.#pipeline, definition);
    this.#parts.start(part, process, { id: `${part}#${trigger.seq}`, definition, subject, trigger }, this.#now);
  }

  /** Whether the event moves the deal by itself. */
  #look(event: DomainEvent, depth: number): void {
    const { made, refused } = moveByItself(this.#pipeline, this.deal.view, event, this.#scene);
    for (const one of refused) {
      const cause = JSON.stringify(one.refused);
      if (this.#refusals.get(one.move.id) === cause) continue;
      this.#refusals.set(one.move.id, cause);
      this.#refused(one.move.to, one.refused, one.move.id);
    }
    if (made === undefined) return;
    const told = this.deal.become(made.deal).map(({ name, data }): Consequence => {
      const more: JsonObject = name === 'deal.changed' ? {} : { move: made.move.id };
      return { name, data: { ...data, ...more } };
    });
    this.#tell(told, depth + 1);
  }
}
