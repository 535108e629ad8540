import type { JsonObject } from '../../../engine/json.ts';
import { emptyLibrary, type Library } from '../../../engine/library.ts';
import type { Advance } from '../../../engine/model/advance.ts';
import type { ContactView } from '../../../engine/model/contact.ts';
import type { Effect } from '../../../engine/model/effects.ts';
import type { Control, EffectResult, EngineEvent } from '../../../engine/model/event.ts';
import type { InstanceState } from '../../../engine/model/state.ts';
import type { TimelineEntry } from '../../../engine/model/timeline.ts';
import { advance } from '../../../engine/process/advance.ts';
import { startInstance } from '../../../engine/process/start.ts';
import { type Process, processSchema } from '../../../engine/schema/index.ts';
import { ghostContact } from '../../../engine/simulate/contact.ts';
import { addDuration } from '../../../engine/time/duration.ts';

/** A Monday. */
export const monday = Date.parse('2026-03-02T09:00:00Z');

export const anna: ContactView = ghostContact(
  { id: 'anna', email: 'anna@example.com', phone: '+79123456789', timezone: 'UTC' },
  monday,
).contact;

/** A process of these steps, parsed as a published one is. */
export function processOf(steps: readonly JsonObject[], more: JsonObject = {}): Process {
  const head = { kind: 'process', key: 'journey', name: 'Journey', triggers: [{ on: 'event', event: 'test.began' }] };
  return processSchema.parse({ ...head, ...more, steps });
}

export interface JourneyOptions {
  contact?: Partial<ContactView>;
  library?: Partial<Library>;
  trigger?: JsonObject;
  start?: number;
}

/** One instance moved by hand: every event is given by the test, effects wait until the test answers them. */
export class Journey {
  readonly process: Process;
  readonly library: Library;
  contact: ContactView;
  state: InstanceState;
  last: Advance;
  now: number;
  readonly timeline: TimelineEntry[] = [];
  readonly effects: Effect[] = [];
  #seq = 1;
  #control = 0;

  constructor(process: Process, options: JourneyOptions = {}) {
    this.process = process;
    this.library = { ...emptyLibrary(), ...options.library };
    this.contact = { ...anna, ...options.contact };
    this.now = options.start ?? monday;
    this.state = startInstance({
      id: 'i',
      process,
      definition: { key: process.key, version: 1, hash: 'h' },
      subject: { kind: 'contact', id: this.contact.id, contactId: this.contact.id },
      trigger: { id: 'e1', name: 'test.began', occurredAt: this.now, seq: 1, data: options.trigger ?? {} },
      now: this.now,
      seed: 7,
    });
    this.last = { state: this.state, effects: [], deadline: null, timeline: [] };
  }

  /** A journey that has entered its first step. */
  static begin(process: Process, options?: JourneyOptions): Journey {
    return new Journey(process, options).move({ type: 'started', at: options?.start ?? monday });
  }

  move(event: EngineEvent, now = this.now): this {
    const { contact, library } = this;
    const context = { contact, calendars: library.calendars, policy: library.policy };
    this.last = advance(this.process, this.state, event, context, now);
    this.state = this.last.state;
    this.timeline.push(...this.last.timeline);
    this.effects.push(...this.last.effects);
    return this;
  }

  /** Moves the clock on without telling the instance. */
  pass(duration: string): this {
    this.now = addDuration(this.now, duration, 'UTC');
    return this;
  }

  due(): this {
    return this.move({ type: 'due', at: this.now });
  }

  event(name: string, data: JsonObject = {}, more: { at?: number; seq?: number; message?: string } = {}): this {
    this.#seq += 1;
    const seq = more.seq ?? this.#seq;
    const message = more.message === undefined ? {} : { message: more.message };
    const event = { id: `e${seq}`, name, occurredAt: more.at ?? this.now, seq, data, ...message };
    return this.move({ type: 'received', at: this.now, event });
  }

  performed(result: EffectResult = {}, key = this.effects.at(-1)?.key ?? ''): this {
    return this.move({ type: 'performed', at: this.now, key, result });
  }

  failed(key = this.effects.at(-1)?.key ?? ''): this {
    return this.move({ type: 'failed', at: this.now, key, error: { code: 'broken', message: 'It broke.' } });
  }

  control(control: Control): this {
    this.#control += 1;
    return this.move({ type: 'control', at: this.now, seq: this.#control, control });
  }

  /** Steps entered, in order. */
  get steps(): string[] {
    return this.timeline.flatMap(({ kind, step }) => (kind === 'entered' && step !== undefined ? [step] : []));
  }

  /** Steps at which it stands. */
  get at(): string[] {
    return this.state.tokens.map(({ step }) => step);
  }

  get kinds(): string[] {
    return this.timeline.map(({ kind }) => kind);
  }
}

export const end = (id: string): JsonObject => ({ id, type: 'end', outcome: id });
