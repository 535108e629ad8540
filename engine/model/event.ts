import type { JsonObject } from '../json.ts';

/** Something that happened to a contact: an order, a click, a changed field, a message that was opened. */
export interface DomainEvent {
  /** Unique for ever; the same id is never applied twice. */
  id: string;
  /** Dotted name, e.g. `order.placed`, `message.clicked`, `contact.changed`. */
  name: string;
  /** Epoch milliseconds at which it happened (bounded skew, else the arrival). */
  occurredAt: number;
  /** Order number within the contact, strictly growing: an instance drops what it has already seen. */
  seq: number;
  data: JsonObject;
  /** Effect key of the message that this event is about (`message.*` events). */
  message?: string;
}

/** A person's or the API's order to one instance. */
export type Control =
  | { do: 'pause'; by: string }
  | { do: 'resume'; by: string; extend?: boolean }
  | { do: 'cancel'; by: string; reason?: string }
  | { do: 'retry'; by: string; token?: number }
  | { do: 'skip'; by: string; token?: number; exit?: string };

/** Everything that can move an instance. `at` is epoch milliseconds. */
export type EngineEvent =
  | { type: 'started'; at: number }
  | { type: 'due'; at: number }
  | { type: 'received'; at: number; event: DomainEvent }
  | { type: 'performed'; at: number; key: string; result: EffectResult }
  | { type: 'failed'; at: number; key: string; error: EffectError }
  | { type: 'control'; at: number; seq: number; control: Control };

/** What an effect answers; the step that asked for it reads it in `on`. */
export type EffectResult = JsonObject;

/** A terminal failure of an effect: becomes an incident, or goes to the step's `onError`. */
export interface EffectError {
  code: string;
  message: string;
}
