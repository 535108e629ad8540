import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import type { Calendar } from '../schema/calendar.ts';
import { isOpen } from '../time/business.ts';

/** Under this name the bindings carry the calendars; it is no variable of the environment, so no text can read it. */
export const calendarsKey = 'calendars';

/** The parts of the library's macro interface that are used here; it is part of the library's README, not of its types. */
interface Macro {
  key: ASTNode;
  at: ASTNode;
}
interface Checker {
  check(node: ASTNode, context: unknown): { name: string };
  getType(name: string): unknown;
  createError(code: string, message: string, node: ASTNode): Error;
}
interface Evaluator {
  run(node: ASTNode, context: unknown): unknown;
}
interface Bindings {
  getValue(name: string): unknown;
}

/**
 * Adds `isOpen("office", now)`. It is a macro because only macros see the bindings, and with them the calendars.
 */
export function registerIsOpen(environment: Environment): void {
  environment.registerFunction('isOpen(ast, ast): bool', ({ args }: { args: [ASTNode, ASTNode] }) => ({
    key: args[0],
    at: args[1],
    async: false,
    typeCheck,
    evaluate,
  }));
}

function typeCheck(checker: Checker, macro: Macro, context: unknown): unknown {
  expectType(checker, macro.key, 'string', context, 'the key of a calendar such as "office"');
  expectType(checker, macro.at, 'google.protobuf.Timestamp', context, 'a time such as now');
  return checker.getType('bool');
}

function expectType(checker: Checker, node: ASTNode, type: string, context: unknown, what: string): void {
  const found = checker.check(node, context).name;
  if (found === type || found.startsWith('dyn')) return;
  throw checker.createError('no_matching_overload', `isOpen() takes ${what} here, not ${found}`, node);
}

function evaluate(evaluator: Evaluator, macro: Macro, bindings: Bindings): boolean {
  const key = evaluator.run(macro.key, bindings);
  const at = evaluator.run(macro.at, bindings);
  const calendars = bindings.getValue(calendarsKey);
  if (typeof key !== 'string' || !(at instanceof Date) || !isCalendars(calendars)) {
    throw new TypeError('isOpen() takes the key of a calendar and a time');
  }
  const calendar = Object.hasOwn(calendars, key) ? calendars[key] : undefined;
  if (!calendar) throw new RangeError(`there is no calendar "${key}"`);
  return isOpen(calendar, at.getTime());
}

function isCalendars(value: unknown): value is Record<string, Calendar> {
  return typeof value === 'object' && value !== null;
}
