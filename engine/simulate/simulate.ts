import { hash32 } from '../hash.ts';
import type { JsonObject } from '../json.ts';
import type { Library } from '../library.ts';
import type { ContactView } from '../model/contact.ts';
import type { Context } from '../model/context.ts';
import { carriesDeal, type DealView, dealJson } from '../model/deal.ts';
import type { DomainEvent, EngineEvent } from '../model/event.ts';
import type { InstanceState } from '../model/state.ts';
import { type TicketView, ticketJson } from '../model/ticket.ts';
import type { TimelineEntry } from '../model/timeline.ts';
import { effectiveZone } from '../policy/zone.ts';
import { advance } from '../process/advance.ts';
import { entryKeyOf, mayEnter } from '../process/entry.ts';
import { isInterested } from '../process/interests.ts';
import { startInstance } from '../process/start.ts';
import { triggeredBy } from '../process/triggers.ts';
import type { Process } from '../schema/index.ts';
import type { Scenario } from '../schema/process.ts';
import { addDuration } from '../time/duration.ts';
import { ghostContact } from './contact.ts';
import { GhostDeal } from './deal.ts';
import { flatten } from './fields.ts';
import { contextOf } from './parts.ts';
import type { SimulatedTask } from './task.ts';
import { ghostTicket } from './ticket.ts';
import { type Consequence, type SimulatedMessage, World } from './world.ts';

/** A journey that was played; all times are epoch ms. */
export interface SimulationRun {
  /** Null while it was still under way at the end, or never began. */
  outcome: string | null;
  /** Why it did not begin. */
  refused?: string;
  startedAt: number;
  endedAt: number | null;
  /** Zone by which the durations of expectations are counted. */
  zone: string;
  timeline: TimelineEntry[];
  messages: SimulatedMessage[];
  tasks: SimulatedTask[];
  /** Steps that were left by `skipped`. */
  skipped: { step: string; reason: string }[];
  /** Steps entered, in order. */
  steps: string[];
  contact: ContactView;
  /** Where a ticket went through the process. */
  ticket?: TicketView;
  /** Where a deal did. */
  deal?: DealView;
  /** Mistakes of the scenario, and incidents. */
  problems: string[];
}

/** When scenarios begin that do not say it: a Monday. */
const defaultStart = Date.parse('2026-03-02T09:00:00Z');

/** Plays a scenario under a virtual clock with the same `advance` and gate as the real thing, and no side effect. */
export function simulate(process: Process, library: Library, scenario: Scenario): SimulationRun {
  return new Simulation(process, library, scenario).play();
}

type Happening = Scenario['events'][number];

class Simulation {
  readonly #process: Process;
  readonly #library: Library;
  readonly #scenario: Scenario;
  readonly #start: number;
  readonly #zone: string;
  readonly #world: World;
  readonly #timeline: TimelineEntry[] = [];
  readonly #problems: string[];
  #now: number;
  #seq = 0;
  #state: InstanceState | null = null;
  #deadline: number | null = null;
  #refused: string | undefined;

  constructor(process: Process, library: Library, scenario: Scenario) {
    const { given } = scenario;
    const start = given.now === undefined ? defaultStart : Date.parse(given.now);
    const { contact, problems } = ghostContact(given.contact, start);
    this.#process = process;
    this.#library = library;
    this.#scenario = scenario;
    this.#start = start;
    this.#now = start;
    const ghost = process.subject === 'ticket' ? ghostTicket(given.ticket ?? {}, contact.id, start) : undefined;
    const deal = process.subject === 'deal' ? new GhostDeal(given.deal ?? {}, library, contact.id, start) : undefined;
    this.#problems = [...problems, ...(ghost?.problems ?? [])];
    this.#world = new World(library, given, { contact, ticket: ghost?.ticket, deal }, start);
    this.#zone = effectiveZone(contact, process.settings.timezone, library.policy).zone;
  }

  play(): SimulationRun {
    const end = this.#after(this.#scenario.until ?? 'P1Y');
    const events = this.#scenario.events.map((event) => ({ event, at: this.#after(event.at) }));
    for (const { event, at } of events.sort((a, b) => a.at - b.at)) {
      if (at > end) break;
      // An event at the very instant of a deadline comes first.
      this.#sleepUntil(at - 1);
      this.#now = at;
      this.#happen(event);
    }
    this.#sleepUntil(end);
    return this.#result();
  }

  #after(duration: string): number {
    return addDuration(this.#start, duration, this.#zone);
  }

  /** Lets the timers fire that are due by then. */
  #sleepUntil(at: number): void {
    for (let due = this.#due; due <= at; due = this.#due) {
      this.#now = Math.max(this.#now, due);
      if (this.#deadline !== null && this.#deadline <= this.#now) this.#move({ type: 'due', at: this.#now });
      else this.#follow(this.#world.approvals.attend(this.#now));
    }
  }

  /** When the next timer is due, of the instance or of an approval. */
  get #due(): number {
    return Math.min(this.#deadline ?? Number.POSITIVE_INFINITY, this.#world.approvals.due);
  }

  #happen(given: Happening): void {
    const { deal } = this.#world;
    deal?.touch(this.#now);
    const changes = [
      ...this.#world.changeTicket(given.ticket ?? {}),
      ...(deal?.set(flatten(given.deal ?? {}), this.#now) ?? []),
      ...(given.contact === undefined ? [] : this.#world.change(flatten(given.contact))),
    ];
    // What the changes tell by themselves is not told twice.
    const itself = changes.findIndex(({ name }) => name === given.event);
    this.#follow(changes.slice(0, Math.max(itself, 0)));
    if (given.of !== undefined && given.event.startsWith('approval.')) {
      this.#follow(this.#world.approvals.tell(given.event, given.data, given.of, this.#now));
      return;
    }
    const event = this.#event(given.event, { ...changes[itself]?.data, ...given.data }, given.of);
    if (this.#state === null) this.#enter(event);
    else this.#deliver(event);
    this.#follow(changes.slice(itself + 1));
  }

  #event(name: string, data: JsonObject, of?: string): DomainEvent {
    this.#seq += 1;
    const said = of === undefined ? { data } : this.#world.tied(name, data, of, this.#now);
    const head = { id: `event-${this.#seq}`, name, occurredAt: this.#now, seq: this.#seq };
    return { ...head, ...said, data: this.#whole(name, said.data) };
  }

  /** Events of Voronka's own about the subject carry it. */
  #whole(name: string, data: JsonObject): JsonObject {
    const { ticket, deal } = this.#world;
    if (ticket !== undefined && /^(ticket|sla)\./.test(name)) return { ticket: ticketJson(ticket), ...data };
    if (deal !== undefined && carriesDeal(name)) return { deal: dealJson(deal.view), ...data };
    return data;
  }

  /** Lets the contact in, or says why not; a later event of the scenario may then still start it. */
  #enter(trigger: DomainEvent): void {
    const values = { ...this.#context(), now: this.#now, trigger, event: trigger };
    const process = this.#process;
    const named = process.triggers.some(({ on }) => on === 'api' || on === 'process' || on === 'schedule');
    if (!named && triggeredBy(process, trigger, values) === null) {
      this.#refused = `no trigger fits ${trigger.name}`;
      return;
    }
    const key = entryKeyOf(process, values);
    if (!key.ok) {
      this.#refused = key.error.message;
      return;
    }
    const { contact, ticket, deal } = this.#world;
    const entry = mayEnter(process, [], contact, key.key, this.#now);
    if (!entry.ok) {
      this.#refused = entry.reason;
      return;
    }
    const subject = { kind: process.subject, id: ticket?.id ?? deal?.view.id ?? contact.id, contactId: contact.id };
    const definition = { key: process.key, version: 0, hash: '' };
    const seed = hash32(contact.id);
    this.#state = startInstance({ id: 'simulation', process, definition, subject, trigger, now: this.#now, seed });
    this.#move({ type: 'started', at: this.#now });
  }

  #deliver(event: DomainEvent): void {
    if (isInterested(this.#process, event)) this.#move({ type: 'received', at: this.#now, event });
  }

  #follow(consequences: readonly Consequence[]): void {
    for (const { name, data } of consequences) this.#deliver(this.#event(name, data));
  }

  /** One event, the effects it leads to, and what follows from them, all at this instant. */
  #move(event: EngineEvent): void {
    if (this.#state === null) return;
    const step = advance(this.#process, this.#state, event, this.#context(), this.#now);
    this.#state = step.state;
    this.#deadline = step.deadline;
    this.#timeline.push(...step.timeline);
    for (const effect of step.effects) {
      const { result, follows } = this.#world.perform(effect, this.#now);
      this.#move({ type: 'performed', at: this.#now, key: effect.key, result });
      this.#follow(follows);
    }
  }

  #context(): Context {
    return contextOf(this.#world, this.#library);
  }

  #result(): SimulationRun {
    const timeline = this.#timeline;
    return {
      outcome: this.#state?.outcome ?? null,
      ...(this.#state === null && this.#refused !== undefined && { refused: this.#refused }),
      startedAt: this.#state?.startedAt ?? this.#start,
      endedAt: this.#state?.endedAt ?? null,
      zone: this.#zone,
      timeline,
      messages: this.#world.messages,
      tasks: this.#world.tasks,
      skipped: timeline.flatMap(({ kind, step, detail }) =>
        kind === 'skipped' && step !== undefined ? [{ step, reason: String(detail?.reason ?? '') }] : [],
      ),
      steps: timeline.flatMap(({ kind, step }) => (kind === 'entered' && step !== undefined ? [step] : [])),
      contact: this.#world.contact,
      ...(this.#world.ticket && { ticket: this.#world.ticket }),
      ...(this.#world.deal && { deal: this.#world.deal.view }),
      problems: [
        ...this.#problems,
        ...this.#world.problems,
        ...(this.#world.deal?.problems ?? []),
        ...timeline.filter(({ kind }) => kind === 'incident').map(incident),
      ],
    };
  }
}

function incident({ at, step, detail }: TimelineEntry): string {
  const where = step === undefined ? '' : ` at step "${step}"`;
  return `incident${where} on ${new Date(at).toISOString()}: ${String(detail?.message ?? '')}`;
}
