import type { Json, JsonObject } from '../json.ts';
import type { ContactView } from '../model/contact.ts';
import type { DomainEvent } from '../model/event.ts';
import { noMoney } from '../model/money.ts';
import type { Calendar } from '../schema/calendar.ts';
import { calendarsKey } from './is-open.ts';
import { weight } from './limits.ts';
import type { Path } from './syntax.ts';

/** The data that a condition is evaluated over. Absent roots are unknown names to it. */
export interface Values {
  contact: ContactView;
  /** The event being looked at. */
  event?: DomainEvent;
  /** The event that started the instance. */
  trigger?: DomainEvent;
  vars?: Record<string, Json>;
  /** Epoch ms. */
  now: number;
  /** A DealView. */
  deal?: JsonObject;
  /** A TicketView. */
  ticket?: JsonObject;
  /** Aggregates of a segment. */
  stats?: Record<string, Json>;
  /** For `isOpen`, by key. */
  calendars: Record<string, Calendar>;
}

/** What CEL sees, for the roots that a program reads: times as dates, an event as its data with `name` and `occurredAt`. */
export function bindings(values: Values, roots: ReadonlySet<string>): Record<string, unknown> {
  const bound: Record<string, unknown> = { [calendarsKey]: values.calendars };
  for (const root of roots) {
    if (root === 'contact') bound.contact = contactMap(values.contact);
    else if (root === 'now') bound.now = new Date(values.now);
    else if (root === 'event') bound.event = eventMap(values.event);
    else if (root === 'trigger') bound.trigger = eventMap(values.trigger);
    else if (root === 'vars') bound.vars = values.vars;
    else if (root === 'deal')
      bound.deal = withTimes(values.deal, ['createdAt', 'stageSince', 'activityAt', 'closedAt']);
    else if (root === 'ticket') bound.ticket = withTimes(values.ticket, ['createdAt']);
    else if (root === 'stats') bound.stats = values.stats;
  }
  return bound;
}

/** Whoever has neither ordered nor paid has sums as well: none. */
function contactMap({ createdAt, money, ...contact }: ContactView): Record<string, unknown> {
  const { firstOrderAt, lastOrderAt, ...sums } = money ?? noMoney;
  const times = {
    ...(firstOrderAt !== undefined && { firstOrderAt: new Date(firstOrderAt) }),
    ...(lastOrderAt !== undefined && { lastOrderAt: new Date(lastOrderAt) }),
  };
  return { ...contact, createdAt: new Date(createdAt), money: { ...sums, ...times } };
}

function withTimes(subject: JsonObject | undefined, fields: readonly string[]): Record<string, unknown> | undefined {
  if (subject === undefined) return undefined;
  const found: Record<string, unknown> = { ...subject };
  for (const field of fields) {
    const at = subject[field];
    if (typeof at === 'number') found[field] = new Date(at);
  }
  return found;
}

function eventMap(event: DomainEvent | undefined): Record<string, unknown> | undefined {
  return event && { name: event.name, occurredAt: new Date(event.occurredAt), ...event.data };
}

/**
 * The value at a path of the bindings, or undefined. Only own fields count, so `constructor` and the like are absent.
 */
export function lookUp(path: Path, bound: Record<string, unknown>): unknown {
  let value: unknown = bound[path.root];
  for (const field of path.fields) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return undefined;
    value = Reflect.get(value, field);
  }
  return value;
}

/** Lists and maps heavier than this are reported by their size only. */
const reported = 30;

/** A value as the timeline keeps it: absent is null, times are ISO 8601, what is large is named by its size. */
export function report(value: unknown): Json {
  if (typeof value === 'object' && value !== null && weight(value, reported) > reported) {
    return Array.isArray(value) ? `(list of ${value.length})` : `(map of ${Object.keys(value).length})`;
  }
  return toJson(value) ?? null;
}

/** A CEL value as JSON: whole numbers become numbers, times ISO 8601 text. Undefined for what JSON cannot hold. */
export function toJson(value: unknown): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (Array.isArray(value)) {
    const list = value.map(toJson);
    return list.every((part) => part !== undefined) ? list : undefined;
  }
  if (!isPlain(value)) return undefined;
  const map: JsonObject = {};
  for (const [key, part] of Object.entries(value)) {
    const json = toJson(part);
    if (json === undefined) return undefined;
    map[key] = json;
  }
  return map;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
