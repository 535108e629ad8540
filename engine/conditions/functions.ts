import type { Environment } from '@marcbachmann/cel-js';
import { Duration } from '@marcbachmann/cel-js/evaluator';
import { localParts } from '../time/zone.ts';
import { registerIsOpen } from './is-open.ts';

/** CEL's type of a point in time. */
export const timestamp = 'google.protobuf.Timestamp';

const minute = 60_000;

/**
 * Adds the functions of conditions to an environment:
 * - `isOpen("office", now)`: whether a calendar is open at that moment;
 * - `moment(x)`: a timestamp from epoch milliseconds, ISO 8601 text (a date alone is midnight UTC) or a timestamp;
 * - `days(n)`, `hours(n)`, `minutes(n)`: durations of exactly n × 24 h, 1 h, 1 min, to add to or compare with times;
 * - `year`, `month` (1–12), `day`, `hour`, `minute`, `weekday` (`"mon"` … `"sun"`), `date` (`"2027-01-05"`) of a
 *   timestamp in a zone: `hour(now, "Europe/Moscow")`;
 * - arithmetic of whole and fractional numbers, which CEL leaves out: the result is fractional.
 */
export function registerFunctions(environment: Environment): void {
  const pure = { async: false };
  registerIsOpen(environment);
  environment.registerFunction(`moment(dyn): ${timestamp}`, (value: unknown) => new Date(epochOf(value)), pure);
  for (const [name, unit] of [
    ['days', 24 * 60 * minute],
    ['hours', 60 * minute],
    ['minutes', minute],
  ] as const) {
    for (const type of ['int', 'double']) {
      environment.registerFunction(
        `${name}(${type}): google.protobuf.Duration`,
        (n: number | bigint) => durationOf(Number(n) * unit),
        pure,
      );
    }
  }
  for (const part of ['year', 'month', 'day', 'hour', 'minute'] as const) {
    environment.registerFunction(
      `${part}(${timestamp}, string): int`,
      (at: Date, zone: string) => BigInt(localParts(at.getTime(), zone)[part]),
      pure,
    );
  }
  for (const part of ['weekday', 'date'] as const) {
    environment.registerFunction(
      `${part}(${timestamp}, string): string`,
      (at: Date, zone: string) => localParts(at.getTime(), zone)[part],
      pure,
    );
  }
  registerMixedArithmetic(environment);
}

function registerMixedArithmetic(environment: Environment): void {
  const operators: Record<string, (a: number, b: number) => number> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
    '%': (a, b) => a % b,
  };
  for (const [operator, calculate] of Object.entries(operators)) {
    const mixed = (a: number | bigint, b: number | bigint) => calculate(Number(a), Number(b));
    environment.registerOperator(`int ${operator} double: double`, mixed);
    environment.registerOperator(`double ${operator} int: double`, mixed);
  }
  environment.registerOperator('double % double: double', (a: number, b: number) => a % b);
  environment.registerOperator('double == int', (a: number, b: bigint) => a === Number(b));
}

function durationOf(milliseconds: number): Duration {
  const seconds = Math.floor(milliseconds / 1000);
  return new Duration(seconds, Math.round((milliseconds - seconds * 1000) * 1_000_000));
}

function epochOf(value: unknown): number {
  const epoch = value instanceof Date ? value.getTime() : typeof value === 'bigint' ? Number(value) : value;
  if (typeof epoch === 'number' && Math.abs(epoch) <= 8.64e15) return epoch;
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(value)) {
    const parsed = Date.parse(value);
    if (!Number.isNaN(parsed)) return parsed;
  }
  throw new RangeError('moment() takes epoch milliseconds, an ISO 8601 date, or a date-time with its offset');
}
