import { EvaluationError } from '@marcbachmann/cel-js';
import type { Json, JsonObject } from '../json.ts';
import { compile, type Program } from './compile.ts';
import { maxWeight, weight } from './limits.ts';
import { bindings, lookUp, report, toJson, type Values } from './values.ts';

export type { Values } from './values.ts';

/** Why a condition could not be answered; `CONDITION_FIELD_MISSING`: it reads something that is not there. */
export interface EvaluationFailure {
  ok: false;
  code: 'CONDITION_INVALID' | 'CONDITION_TOO_COSTLY' | 'CONDITION_FAILED' | 'CONDITION_FIELD_MISSING';
  message: string;
}

/** `read`: the paths that the text looks at with their values, for the answer to "why". Absent ones are null. */
export type Evaluation<T = Json> = { ok: true; value: T; read: JsonObject } | EvaluationFailure;

/**
 * Evaluates a CEL text. Never throws, and takes bounded time whatever the text and the data (see limits.ts).
 *
 * Rules beyond CEL itself:
 * - Numbers in data are fractional (double) in CEL however they are written, literals without a point are whole (int);
 *   both compare and calculate with each other by value, mixed results are fractional: `event.total / 2` of 5 is 2.5,
 *   while `5 / 2` is 2 as CEL says.
 * - A field that is not there is a failure, not false: ask `has(contact.owner)`, or take a value instead with
 *   `contact.?attributes.?visits.orValue(0)`. A field that is there and null equals `null`.
 *   `&&` and `||` need no answer from a side that the other one settles.
 * - `event` and `trigger` are the event's data with its `name` and `occurredAt`, which data of that name shadow.
 * - `now`, `contact.createdAt` and `event.occurredAt` are timestamps; other times in data are text or numbers: `moment(x)`.
 */
export function evaluate(text: string, values: Values): Evaluation {
  const compiled = compile(text);
  if (!compiled.ok) {
    const [problem] = compiled.problems;
    return fail(problem?.code ?? 'CONDITION_INVALID', problem?.message ?? 'not a condition');
  }
  try {
    return run(compiled.program, values);
  } catch (error) {
    return failure(error, compiled.program);
  }
}

/** The same for a text that must answer true or false; any other value is a failure. */
export function holds(text: string, values: Values): Evaluation<boolean> {
  const result = evaluate(text, values);
  if (!result.ok) return result;
  if (typeof result.value !== 'boolean') {
    return fail(
      'CONDITION_FAILED',
      `the condition answers ${JSON.stringify(result.value)?.slice(0, 80)}, not true or false`,
    );
  }
  return { ok: true, value: result.value, read: result.read };
}

/** A condition that could not be answered where that counts as no. */
export interface FailedCondition extends Pick<EvaluationFailure, 'code' | 'message'> {
  when: string;
  /** Which of the definition's rules it belongs to, where there are several. */
  rule?: string;
}

export type Tell = (failed: FailedCondition) => void;

/** The same where no answer counts as no. A field that is not there is an ordinary no; any other failure is told. */
export function holdsOrTell(text: string, values: Values, tell: Tell = () => {}): boolean {
  const result = holds(text, values);
  if (result.ok) return result.value;
  if (result.code !== 'CONDITION_FIELD_MISSING') tell({ when: text, code: result.code, message: result.message });
  return false;
}

function run(program: Program, values: Values): Evaluation {
  const bound = bindings(values, program.roots);
  const read: JsonObject = {};
  for (const path of program.paths) {
    const value = lookUp(path, bound);
    if (typeof value === 'object' || typeof value === 'string') {
      if (weight(value, program.maxWeight) > program.maxWeight) {
        return fail('CONDITION_TOO_COSTLY', `${path.text} holds too much data to compare`);
      }
    }
    read[path.text] = report(value);
  }
  const value = toJson(program.run(bound));
  if (weight(value, maxWeight.plain) > maxWeight.plain) return fail('CONDITION_TOO_COSTLY', 'the result is too large');
  if (value === undefined) return fail('CONDITION_FAILED', 'the result is not a finite number, text, list or map');
  return { ok: true, value, read };
}

function failure(error: unknown, program: Program): EvaluationFailure {
  const message =
    error instanceof EvaluationError ? error.summary : error instanceof Error ? error.message : String(error);
  if (error instanceof EvaluationError && (error.code === 'no_such_key' || error.code === 'unknown_variable')) {
    const node = error.node;
    const path = program.paths.find((one) => one.node === node)?.text ?? node?.input.slice(node.start, node.end);
    return fail('CONDITION_FIELD_MISSING', `${path ?? message} is missing; ask has(${path ?? '…'}) first`);
  }
  return fail('CONDITION_FAILED', message);
}

function fail(code: EvaluationFailure['code'], message: string): EvaluationFailure {
  return { ok: false, code, message };
}
