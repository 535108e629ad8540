import type { Json, JsonObject } from '../json.ts';
import type { Library } from '../library.ts';
import type { Clock, ClockEntry, ClockState } from '../model/clock.ts';
import type { ContactView } from '../model/contact.ts';
import type { EffectOf } from '../model/effects.ts';
import type { DomainEvent, EngineEvent } from '../model/event.ts';
import { type TicketStatus, type TicketView, ticketJson } from '../model/ticket.ts';
import type { TimelineEntry } from '../model/timeline.ts';
import type { Sla } from '../schema/index.ts';
import { PlayedParts } from '../simulate/parts.ts';
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

/** One ticket under one policy, with the escalations that its clocks start: all that a scenario moves. */
export class SlaStage {
  readonly story: SlaLine[] = [];
  readonly #sla: Sla;
  readonly #world: World;
  readonly #context: Omit<ClockContext, 'contact'>;
  readonly #escalations: PlayedParts;
  readonly #mistakes: string[] = [];
  #state: ClockState;
  #deadline: number | null = null;
  #now: number;
  #seq = 1;

  constructor(sla: Sla, library: Library, ghosts: { contact: ContactView; ticket: TicketView }, start: number) {
    this.#sla = sla;
    this.#now = start;
    this.#world = new World(library, { contact: {}, ticket: {}, users: [], http: {}, sent: [] }, ghosts, start);
    this.#escalations = new PlayedParts(library, this.#world, {
      line: ({ part, ...line }) => this.story.push({ what: 'step', escalation: part, ...line }),
      problem: (text) => this.#mistakes.push(text),
      follow: (consequences) => this.#tell(consequences),
    });
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
      const clock = this.#deadline ?? Number.POSITIVE_INFINITY;
      const due = Math.min(clock, this.#escalations.due);
      if (due > at) return;
      this.#now = Math.max(this.#now, due);
      // At one instant the steps go before the clocks.
      if (clock < this.#escalations.due) this.#moveClocks({ type: 'due', at: this.#now });
      else this.#escalations.fire(this.#now);
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
      this.#escalations.receive(event, at);
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
      const { result, follows } = this.#world.perform(effect, this.#now);
      this.#moveClocks({ type: 'performed', at: this.#now, key: effect.key, result });
      this.#tell(follows);
    }
  }

  #escalate({ item, key }: EffectOf<'start-steps'>): void {
    const { definition, subject, event, data } = item;
    const id = String(data.escalation);
    const trigger = this.#event({ name: event, data });
    const process = escalationProcess(this.#sla, definition, id);
    this.#escalations.start(id, process, { id: key, definition, subject, trigger }, this.#now);
  }
}
