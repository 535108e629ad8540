import type { ASTNode } from '@marcbachmann/cel-js';
import { hint, suggest } from '../validate/suggest.ts';
import { compile, type Program } from './compile.ts';
import { checking, fieldsOf, type RootName } from './environment.ts';
import type { ConditionProblem } from './problem.ts';
import { children, type Path } from './syntax.ts';

export type { RootName } from './environment.ts';
export type { ConditionProblem } from './problem.ts';

/** Where a condition stands: what it may name and what it must answer. */
export interface ConditionScope {
  /** Names that paths may begin with, e.g. `['contact', 'event', 'now']`. */
  names: readonly RootName[];
  /** Keys of the calendars there are; without it any key passes. */
  calendars?: readonly string[];
  /** Names of the aggregates under `stats`; without it any name passes. */
  stats?: readonly string[];
  /** Default `bool`. `any` is any JSON value. */
  result?: 'bool' | 'string' | 'any';
}

/** Every mistake in a CEL text that can be known before it runs; empty when it may be published. Never throws. */
export function checkCondition(text: string, scope: ConditionScope): ConditionProblem[] {
  const compiled = compile(text);
  if (!compiled.ok) return compiled.problems;
  const problems = [
    ...compiled.program.paths.flatMap((path) => pathProblems(path, scope)),
    ...calendarProblems(compiled.program.ast, scope),
  ];
  return problems.length > 0 ? problems : typeProblems(text, compiled.program, scope);
}

function pathProblems(path: Path, scope: ConditionScope): ConditionProblem[] {
  const names: readonly string[] = scope.names;
  if (!names.includes(path.root)) return [unknown('name', path.root, path.root, names, path.node)];
  const [first, second] = path.fields;
  if (path.root === 'stats' && scope.stats && first !== undefined && !scope.stats.includes(first)) {
    return [unknown('aggregate', first, path.text, scope.stats, path.node)];
  }
  const fields = fieldsOf(path.root);
  if (fields === undefined || first === undefined) return [];
  const field = Object.hasOwn(fields, first) ? fields[first] : undefined;
  if (field === undefined) {
    const problem = unknown('field', first, path.text, Object.keys(fields), path.node);
    if (problem.suggestion !== undefined || !Object.hasOwn(fields, 'attributes')) return [problem];
    return [
      {
        ...problem,
        suggestion: `${path.root}.attributes.${first}`,
        message: `${problem.message}; own fields are under ${path.root}.attributes`,
      },
    ];
  }
  if (typeof field === 'string' || second === undefined || Object.hasOwn(field, second)) return [];
  return [unknown('field', second, path.text, Object.keys(field), path.node)];
}

function unknown(
  what: 'name' | 'field' | 'aggregate' | 'calendar',
  name: string,
  text: string,
  known: readonly string[],
  node: ASTNode,
): ConditionProblem {
  const suggestion = suggest(name, known);
  return {
    code: 'CONDITION_INVALID',
    message: `unknown ${what} "${name}"${text === name ? '' : ` in ${text}`}${hint(name, known)}`,
    ...(suggestion === undefined ? {} : { suggestion }),
    at: node.start,
  };
}

function calendarProblems(node: ASTNode, scope: ConditionScope): ConditionProblem[] {
  const inner = children(node).flatMap((child) => calendarProblems(child, scope));
  if (!scope.calendars || node.op !== 'call' || node.args[0] !== 'isOpen') return inner;
  const [key] = node.args[1];
  if (key?.op !== 'value' || typeof key.args !== 'string' || scope.calendars.includes(key.args)) return inner;
  return [unknown('calendar', key.args, key.args, scope.calendars, key), ...inner];
}

function typeProblems(text: string, program: Program, scope: ConditionScope): ConditionProblem[] {
  const result = checking.check(text);
  if (!result.valid) {
    const at = result.error?.range?.start ?? 0;
    return [
      {
        code: 'CONDITION_INVALID',
        message: result.error?.summary ?? 'the types do not fit',
        ...presence(program.ast),
        at,
      },
    ];
  }
  const wanted = scope.result ?? 'bool';
  const type = result.type ?? 'dyn';
  if (wanted === 'any' || type === wanted || type === 'dyn') return [];
  return [{ code: 'CONDITION_INVALID', message: `it must answer ${wanted}, but answers ${type}`, at: 0 }];
}

/** A typed field compared with null does not type-check: it is absent, never null. */
function presence(node: ASTNode): { suggestion?: string } {
  if (node.op === '==' || node.op === '!=') {
    const [left, right] = node.args;
    const field =
      right.op === 'value' && right.args === null ? left : left.op === 'value' && left.args === null ? right : null;
    if (field?.op === '.') {
      return { suggestion: `${node.op === '==' ? '!' : ''}has(${field.input.slice(field.start, field.end)})` };
    }
  }
  for (const child of children(node)) {
    const found = presence(child);
    if (found.suggestion !== undefined) return found;
  }
  return {};
}
