import type { JsonObject } from '../../../engine/json.ts';
import type { Clock, ClockState } from '../../../engine/model/clock.ts';
import type { ContactView } from '../../../engine/model/contact.ts';
import type { Effect } from '../../../engine/model/effects.ts';
import type { Control, EngineEvent } from '../../../engine/model/event.ts';
import type { DefinitionRef } from '../../../engine/model/state.ts';
import { type TicketEventName, type TicketView, ticketJson } from '../../../engine/model/ticket.ts';
import type { TimelineEntry } from '../../../engine/model/timeline.ts';
import type { Calendar } from '../../../engine/schema/calendar.ts';
import { type Sla, slaSchema } from '../../../engine/schema/index.ts';
import type { SlaTarget } from '../../../engine/schema/sla.ts';
import { ghostContact } from '../../../engine/simulate/contact.ts';
import { advanceClock } from '../../../engine/sla/advance.ts';
import type { ClockContext, LiveCalendar, LivePolicy } from '../../../engine/sla/context.ts';
import { startClocks } from '../../../engine/sla/start.ts';

/** A policy as it is after parsing a file. */
export function policy(rules: JsonObject): Sla {
  return slaSchema.parse({ kind: 'sla', key: 'standard', name: 'Standard', order: 10, targets: {}, ...rules });
}

export const tell = { id: 'tell', type: 'notify-user', to: { role: 'lead' }, text: 'Look here' };

/** Somebody is told two hours after the breach. */
export const later = {
  id: 'up',
  target: 'first-response',
  at: '100%',
  steps: [{ id: 'wait', type: 'wait', for: 'PT2H' }, tell],
};

export function at(text: string): number {
  return Date.parse(text);
}

/** One ticket and its clocks under a clock of our own. */
export class Desk {
  state: ClockState;
  ticket: TicketView;
  readonly effects: Effect[] = [];
  readonly timeline: TimelineEntry[] = [];
  /** Keys of effects that cannot be performed. */
  readonly failing = new Set<string>();
  readonly #contact: ContactView;
  readonly #policies = new Map<string, LivePolicy>();
  readonly #calendars = new Map<string, LiveCalendar>();
  readonly #versions = new Map<string, Calendar>();
  #versionCount = 0;
  #seq = 1;
  #controls = 0;
  #deadline: number | null = null;

  /** A ticket that comes at `created`, ISO 8601; its clocks begin with `open`. */
  constructor(created: string, ticket: Partial<TicketView> = {}) {
    const createdAt = at(created);
    this.#contact = ghostContact({}, createdAt).contact;
    this.ticket = {
      id: 'ticket-1',
      number: 1,
      subject: 'It does not work',
      status: 'new',
      priority: 'normal',
      channel: 'email',
      contactId: this.#contact.id,
      accepted: false,
      tags: [],
      reopened: 0,
      createdAt,
      ...ticket,
    };
    const data = { ticket: ticketJson(this.ticket), by: 'customer' };
    const trigger = { id: 'event-1', name: 'ticket.created', occurredAt: createdAt, seq: 1, data };
    this.state = startClocks({ id: 'clocks', ticket: this.ticket, trigger, now: createdAt });
  }

  publish(sla: Sla): this {
    this.#policies.set(sla.key, { ref: this.#ref(sla.key), sla });
    return this;
  }

  retract(key: string): this {
    this.#policies.delete(key);
    return this;
  }

  open(calendar: Calendar): this {
    const ref = this.#ref(calendar.key);
    this.#versions.set(ref.hash, calendar);
    this.#calendars.set(calendar.key, { ref, calendar });
    return this;
  }

  start(): this {
    return this.move({ type: 'started', at: this.state.startedAt });
  }

  /** Something happens to the ticket, with what it changes; all that was due before comes first, as a worker would have it. */
  say(when: string | number, name: TicketEventName, set: Partial<TicketView> = {}, more: JsonObject = {}): this {
    const occurredAt = typeof when === 'number' ? when : at(when);
    this.wait(occurredAt - 1);
    return this.deliver(occurredAt, occurredAt, name, set, more);
  }

  /** The event alone, told at `told`. */
  deliver(
    occurredAt: number,
    told: number,
    name: TicketEventName,
    set: Partial<TicketView>,
    more: JsonObject = {},
  ): this {
    this.ticket = { ...this.ticket, ...set };
    this.#seq += 1;
    const data = { ticket: ticketJson(this.ticket), by: 'user:ann', ...more };
    const event = { id: `event-${this.#seq}`, name, occurredAt, seq: this.#seq, data };
    return this.move({ type: 'received', at: told, event });
  }

  order(when: string, control: Control): this {
    this.#controls += 1;
    return this.move({ type: 'control', at: at(when), seq: this.#controls, control });
  }

  /** Time passes: everything that is due by then comes. */
  wait(until: string | number): this {
    const end = typeof until === 'number' ? until : at(until);
    while (this.#deadline !== null && this.#deadline <= end) this.move({ type: 'due', at: this.#deadline });
    return this;
  }

  /** One event, and the answers to the effects that it leads to. */
  move(event: EngineEvent): this {
    const step = advanceClock(this.state, event, this.context(), event.at);
    this.state = step.state;
    this.#deadline = step.deadline;
    this.timeline.push(...step.timeline);
    this.effects.push(...step.effects);
    for (const { key } of step.effects) {
      if (!this.failing.has(key)) this.move({ type: 'performed', at: event.at, key, result: {} });
      else this.move({ type: 'failed', at: event.at, key, error: { code: 'FAILED', message: 'it cannot be done' } });
    }
    return this;
  }

  context(): ClockContext {
    return {
      contact: this.#contact,
      policies: [...this.#policies.values()].toReversed(),
      calendars: Object.fromEntries(this.#calendars),
      pinned: (hash) => this.#versions.get(hash),
    };
  }

  /** The calendar of a line of the ledger, such as `office@3`. */
  version(name: string): Calendar {
    const found = this.#versions.get(`hash-${name.split('@')[1]}`);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  }

  /** The latest clock of a target. */
  clock(target: SlaTarget): Clock {
    const clock = this.state.clocks.findLast((one) => one.target === target);
    if (clock === undefined) throw new Error(`no ${target}`);
    return clock;
  }

  /** Due time of a target, ISO 8601. */
  due(target: SlaTarget): string | null {
    const { due } = this.clock(target);
    return due === null ? null : new Date(due).toISOString().replace('.000Z', 'Z');
  }

  /** `time event target` of all that was told, and `time escalation/count` of all that was begun. */
  told(): string[] {
    return this.effects.map((effect) => {
      if (effect.name === 'announce')
        return `${stamp(effect.item.occurredAt)} ${effect.item.event} ${effect.item.data.target}`;
      if (effect.name !== 'start-steps') return effect.name;
      return `${stamp(effect.item.occurredAt)} ${effect.item.data.escalation}/${effect.item.data.count}`;
    });
  }

  /** `time target#n change: why` of the ledger. */
  ledger(): string[] {
    return this.state.ledger.map((line) => `${stamp(line.at)} ${line.target}#${line.n} ${line.change}: ${line.why}`);
  }

  #ref(key: string): DefinitionRef {
    this.#versionCount += 1;
    return { key, version: this.#versionCount, hash: `hash-${this.#versionCount}` };
  }
}

/** `02 09:30`: day of the month and time of UTC. */
function stamp(time: number): string {
  return new Date(time).toISOString().slice(8, 16).replace('T', ' ');
}
