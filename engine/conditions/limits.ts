import type { ASTNode } from '@marcbachmann/cel-js';
import { suggest } from '../validate/suggest.ts';
import type { ConditionProblem } from './problem.ts';
import { children, comprehension } from './syntax.ts';

/** Longest text of a condition, in characters (the same bound as in the schema of definitions). */
export const maxLength = 2000;

/** Structural bounds that the parser keeps. */
export const structure = {
  maxAstNodes: 300,
  maxDepth: 24,
  maxListElements: 100,
  maxMapEntries: 50,
  maxCallArguments: 8,
};

/** Loops in one condition. Loops inside loops are refused whatever their number. */
const maxLoops = 4;

/** Uses of "+" inside loops: each may copy a list for every element. */
const maxLoopSums = 4;

/**
 * How much data one condition may look at: elements of lists and maps and every tenth character of texts count one
 * each. With a loop the work is at most the weight squared times the number of nodes.
 */
export const maxWeight = { plain: 5_000, loop: 1_000 };

/** Every function and method that a condition may call; all take time linear in their arguments. */
const callable: ReadonlySet<string> = new Set([
  ...['has', 'size', 'int', 'double', 'string', 'bool', 'timestamp', 'duration'],
  ...['contains', 'startsWith', 'endsWith', 'lowerAscii', 'upperAscii', 'trim', 'indexOf', 'substring'],
  ...['hasValue', 'value', 'or', 'orValue', 'all', 'exists', 'exists_one', 'map', 'filter'],
  ...['isOpen', 'moment', 'days', 'hours', 'minutes'],
  ...['year', 'month', 'day', 'hour', 'minute', 'weekday', 'date'],
]);

/** Functions of CEL that can run away or grow values without bound, and what to write in their place. */
const dear: Readonly<Record<string, string>> = {
  matches: 'regular expressions can run away; use contains, startsWith, endsWith or ==',
  bind: 'write the value where it is used',
  split: 'keep lists as lists in the data',
  join: 'compare the elements instead',
};

/** Functions of CEL whose answer depends on the machine's own time zone. */
const zoneless: Readonly<Record<string, string>> = {
  getFullYear: 'year',
  getMonth: 'month',
  getDate: 'day',
  getDayOfMonth: 'day',
  getDayOfWeek: 'weekday',
  getHours: 'hour',
  getMinutes: 'minute',
};

/**
 * What makes an expression too dear to run, whatever the data: functions that are not on the list, loops in loops,
 * too many loops, and loops that build ever larger values (`[x].map(l, l + l).map(l, l + l)…` doubles each time).
 */
export function costProblems(ast: ASTNode): ConditionProblem[] {
  const problems: ConditionProblem[] = [];
  const tooCostly = (message: string, node: ASTNode) =>
    problems.push({ code: 'CONDITION_TOO_COSTLY', message, at: node.start });
  let loopCount = 0;
  let sums = 0;
  const visit = (node: ASTNode, place: Place) => {
    const name = calledName(node);
    if (name !== null && !callable.has(name)) problems.push(refused(name, node));
    if (node.op === '+' && place === 'body') sums += 1;
    if (node.op === '+' && place === 'range') tooCostly('a loop must not run over a sum; loop over each list', node);
    if (place === 'transform' && (node.op === '+' || node.op === 'list' || node.op === 'map')) {
      tooCostly('"map" must not build larger values with "+", lists or maps; map to one field or product', node);
    }
    const loop = comprehension(node);
    if (!loop) {
      for (const child of children(node)) visit(child, place);
      return;
    }
    loopCount += 1;
    if (place === 'body' || place === 'transform') {
      tooCostly(`a loop ("${loop.name}") inside a loop is not allowed; use "in" or a value computed beforehand`, node);
    }
    visit(loop.range, place === 'outside' ? 'range' : place);
    const transform = loop.name === 'map' ? loop.body.at(-1) : undefined;
    for (const part of loop.body) visit(part, part === transform ? 'transform' : 'body');
  };
  visit(ast, 'outside');
  if (loopCount > maxLoops) tooCostly(`${loopCount} loops in one condition; at most ${maxLoops}`, ast);
  if (sums > maxLoopSums) tooCostly(`"+" used ${sums} times inside loops; at most ${maxLoopSums} times`, ast);
  return problems;
}

/** Where in a loop a node stands; the result of a `map` is its transform. */
type Place = 'outside' | 'range' | 'body' | 'transform';

function calledName(node: ASTNode): string | null {
  return node.op === 'call' || node.op === 'rcall' ? node.args[0] : null;
}

function refused(name: string, node: ASTNode): ConditionProblem {
  const message = `"${name}" may not be called in conditions`;
  if (Object.hasOwn(dear, name))
    return { code: 'CONDITION_TOO_COSTLY', message: `${message}: ${dear[name]}`, at: node.start };
  const local = Object.hasOwn(zoneless, name) ? zoneless[name] : undefined;
  if (local !== undefined) {
    const suggestion = `${local}(now, "Europe/Moscow")`;
    return { code: 'CONDITION_INVALID', message: `${message}: use ${suggestion}`, suggestion: local, at: node.start };
  }
  const suggestion = suggest(name, callable);
  return {
    code: 'CONDITION_INVALID',
    message: `${message}${suggestion ? `, did you mean "${suggestion}"?` : `; there are ${[...callable].join(', ')}`}`,
    ...(suggestion ? { suggestion } : {}),
    at: node.start,
  };
}

/** Whether an expression loops over anything. */
export function loops(node: ASTNode): boolean {
  return comprehension(node) !== null || children(node).some(loops);
}

/** Weight of a value, counted no further than `limit`. */
export function weight(value: unknown, limit: number): number {
  if (typeof value === 'string') return 1 + value.length / 10;
  if (typeof value !== 'object' || value === null) return 1;
  let sum = 1;
  for (const part of Array.isArray(value) ? value : Object.values(value)) {
    if (sum > limit) break;
    sum += weight(part, limit - sum);
  }
  return sum;
}
