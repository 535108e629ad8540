import { hash32 } from '../hash.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Library } from '../library.ts';
import type { Clock, ClockEntry, ClockState } from '../model/clock.ts';
import type { ContactView } from '../model/contact.ts';
import type { Effect, EffectOf } from '../model/effects.ts';
import type { DomainEvent, EngineEvent } from '../model/event.ts';
import type { InstanceState } from '../model/state.ts';
import { type TicketStatus, type TicketView, ticketJson } from '../model/ticket.ts';
import type { TimelineEntry } from '../model/timeline.ts';
import { advance } from '../process/advance.ts';
import { isInterested } from '../process/interests.ts';
import { startInstance } from '../process/start.ts';
import type { Process, Sla } from '../schema/index.ts';
import { type Consequence, World } from '../simulate/world.ts';
import { advanceClock } from './advance.ts';
import type { ClockContext } from './context.ts';
import { escalationProcess } from './escalation.ts';
import { startClocks } from './start.ts';

/** What happened in a played story. Times are epoch ms. */
export type SlaLine =
  | { what: 'event'; at: number; name: string }
  | ({ what: 'clock' } & ClockEntry)
  | { what: 'step'; at: number; escalation: string; step: string; kind: TimelineEntry['kind']; detail: JsonObject };

interface Escalated {
  id: string;
  process: Process;
  state: InstanceState;
  deadline: number | null;
}

/** One ticket under one policy, with the escalations that its clocks start: all that a scenario moves. */
export class SlaStage {
  readonly story: SlaLine[] = [];
  readonly #sla: Sla;
  readonly #library: Library;
  readonly #world: World;
  readonly #context: Omit<ClockContext, 'contact'>;
  readonly #escalated: Escalated[] = [];
  readonly #mistakes: string[] = [];
  #state: ClockState;
  #deadline: number | null = null;
  #now: number;
  #seq = 1;

  constructor(sla: Sla, library: Library, ghosts: { contact: ContactView; ticket: TicketView }, start: number) {
    this.#sla = sla;
    this.#library = library;
    this.#now = start;
    this.#world = new World(library, { contact: {}, ticket: {}, users: [], http: {}, sent: [] }, ghosts, start);
    const calendars = Object.entries(library.calendars).map(([key, calendar]) => {
      return [key, { ref: { key, version: 1, hash: key }, calendar }] as const;
    });
    this.#context = {
      policies: [{ ref: { key: sla.key, version: 1, hash: sla.key }, sla }],
      calendars: Object.fromEntries(calendars),
      pinned: (hash) => library.calendars[hash],
    };
    const trigger = this.#event({ name: 'ticket.created', data: { by: 'customer' } });
    this.#state = startClocks({ id: 'simulation', ticket: ghosts.ticket, trigger, now: start });
    this.#moveClocks({ type: 'started', at: start });
  }

  get clocks(): readonly Clock[] {
    return this.#state.clocks;
  }

  get status(): TicketStatus {
    return this.#state.ticket.status;
  }

  get problems(): string[] {
    return [...this.#mistakes, ...this.#world.problems];
  }

  /** Something happens to the ticket, with fields that change with it. */
  happen(at: number, name: string, set: Record<string, Json>): void {
    this.#now = at;
    const changes = this.#world.changeTicket(set);
    const by = name === 'ticket.customer-replied' ? 'customer' : 'user:agent';
    const own = changes.find((change) => change.name === name);
    this.#tell([{ name, data: { by, ...own?.data } }, ...changes.filter((change) => change !== own)]);
  }

  /** Lets everything come that is due by then. */
  sleepUntil(at: number): void {
    for (;;) {
      const next = this.#escalated.reduce<Escalated | null>((first, one) => {
        return one.deadline === null || (first?.deadline != null && first.deadline <= one.deadline) ? first : one;
      }, null);
      const step = next?.deadline ?? Number.POSITIVE_INFINITY;
      const due = Math.min(step, this.#deadline ?? Number.POSITIVE_INFINITY);
      if (due > at) return;
      this.#now = Math.max(this.#now, due);
      if (next === null || step > due) this.#moveClocks({ type: 'due', at: this.#now });
      else this.#moveSteps(next, { type: 'due', at: this.#now });
    }
  }

  #event({ name, data }: Consequence): DomainEvent {
    this.#seq += 1;
    const { ticket } = this.#world;
    const whole = { ...(ticket !== undefined && { ticket: ticketJson(ticket) }), ...data };
    return { id: `event-${this.#seq}`, name, occurredAt: this.#now, seq: this.#seq, data: whole };
  }

  /** Tells the clocks and the escalations under way. */
  #tell(consequences: readonly Consequence[]): void {
    for (const consequence of consequences) {
      const event = this.#event(consequence);
      const at = this.#now;
      if (event.name.startsWith('ticket.')) this.story.push({ what: 'event', at, name: event.name });
      this.#moveClocks({ type: 'received', at, event });
      for (const one of this.#escalated) {
        if (isInterested(one.process, event)) this.#moveSteps(one, { type: 'received', at, event });
      }
    }
  }

  #moveClocks(event: EngineEvent): void {
    const context = { ...this.#context, contact: this.#world.contact };
    const { state, deadline, timeline, effects } = advanceClock(this.#state, event, context, this.#now);
    this.#state = state;
    this.#deadline = deadline;
    for (const { kind, detail } of timeline)
      if (kind === 'incident') this.#mistakes.push(`incident: ${detail?.message}`);
    const added = timeline.filter(({ kind }) => kind === 'clock').length;
    for (const line of state.ledger.slice(state.ledger.length - added)) this.story.push({ what: 'clock', ...line });
    for (const effect of effects) {
      if (effect.name === 'start-steps') this.#escalate(effect);
      this.#perform(effect, (answer) => this.#moveClocks(answer));
    }
  }

  #escalate({ item, key }: EffectOf<'start-steps'>): void {
    const { definition, subject, event, data } = item;
    const id = String(data.escalation);
    const process = escalationProcess(this.#sla, definition, id);
    const trigger = this.#event({ name: event, data });
    const start = { id: key, process, definition, subject, trigger, now: this.#now, seed: hash32(key) };
    const one: Escalated = { id, process, state: startInstance(start), deadline: null };
    this.#escalated.push(one);
    this.#moveSteps(one, { type: 'started', at: this.#now });
  }

  #moveSteps(one: Escalated, event: EngineEvent): void {
    const { contact, ticket } = this.#world;
    const { calendars, policy } = this.#library;
    const context = { contact, calendars, policy, ...(ticket !== undefined && { ticket: ticketJson(ticket) }) };
    const { state, deadline, timeline, effects } = advance(one.process, one.state, event, context, this.#now);
    Object.assign(one, { state, deadline });
    for (const { at, step, kind, detail = {} } of timeline) {
      if (kind === 'incident') this.#mistakes.push(`incident in escalation "${one.id}": ${detail.message}`);
      if (step !== undefined) this.story.push({ what: 'step', at, escalation: one.id, step, kind, detail });
    }
    for (const effect of effects) this.#perform(effect, (answer) => this.#moveSteps(one, answer));
  }

  #perform(effect: Effect, answer: (event: EngineEvent) => void): void {
    const { result, follows } = this.#world.perform(effect, this.#now);
    answer({ type: 'performed', at: this.#now, key: effect.key, result });
    this.#tell(follows);
  }
}
