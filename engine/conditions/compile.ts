import { type ASTNode, ParseError, type ParseResult } from '@marcbachmann/cel-js';
import { running } from './environment.ts';
import { costProblems, loops, maxLength, maxWeight } from './limits.ts';
import type { ConditionProblem } from './problem.ts';
import { type Path, paths } from './syntax.ts';

/** A text that is safe to run: it parses, and its cost is bounded whatever the data. */
export interface Program {
  run: ParseResult;
  ast: ASTNode;
  /** The paths that it looks at, each once. */
  paths: readonly Path[];
  /** The names at which its paths begin. */
  roots: ReadonlySet<string>;
  /** Greatest weight of the data under one path. */
  maxWeight: number;
}

export type Compiled = { ok: true; program: Program } | { ok: false; problems: ConditionProblem[] };

/** Programs (and refusals) by text; the oldest goes when it is full. */
const cache = new Map<string, Compiled>();
const cacheSize = 2000;

/** Parses and bounds a text, once per text. Never throws. */
export function compile(text: string): Compiled {
  const known = cache.get(text);
  if (known) return known;
  const compiled = build(text);
  if (cache.size >= cacheSize) {
    const oldest = cache.keys().next();
    if (!oldest.done) cache.delete(oldest.value);
  }
  if (text.length <= maxLength) cache.set(text, compiled);
  return compiled;
}

function build(text: string): Compiled {
  if (text.length > maxLength) {
    return refuse({ code: 'CONDITION_TOO_COSTLY', message: `the text is longer than ${maxLength} characters`, at: 0 });
  }
  try {
    const run = running.parse(text);
    const problems = costProblems(run.ast);
    if (problems.length > 0) return { ok: false, problems };
    const found = new Map(paths(run.ast).map((path) => [path.text, path]));
    const all = [...found.values()];
    return {
      ok: true,
      program: {
        run,
        ast: run.ast,
        paths: all,
        roots: new Set(all.map((path) => path.root)),
        maxWeight: loops(run.ast) ? maxWeight.loop : maxWeight.plain,
      },
    };
  } catch (error) {
    return refuse(syntaxProblem(error));
  }
}

function refuse(problem: ConditionProblem): Compiled {
  return { ok: false, problems: [problem] };
}

function syntaxProblem(error: unknown): ConditionProblem {
  if (!(error instanceof ParseError)) {
    return { code: 'CONDITION_INVALID', message: error instanceof Error ? error.message : String(error), at: 0 };
  }
  const at = error.range?.start ?? 0;
  if (error.code === 'limit_exceeded') {
    return { code: 'CONDITION_TOO_COSTLY', message: `${error.summary}: write it shorter or flatter`, at };
  }
  return { code: 'CONDITION_INVALID', message: `${error.summary} at character ${at + 1}`, at };
}
