import type { z } from 'zod';
import { knownKeys } from './known-keys.ts';
import { mistake, type Path, type Problem } from './problem.ts';
import { hint, suggest } from './suggest.ts';

type Issue = z.core.$ZodIssue;

/** Every mistake that `schema` finds in `value`, in our words, with paths that begin with `base`. */
export function schemaProblems(schema: z.ZodType, value: unknown, base: Path = []): Problem[] {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : parsed.error.issues.flatMap((issue) => explain(issue, schema, value, base));
}

function explain(issue: Issue, schema: z.ZodType, value: unknown, base: Path): Problem[] {
  const inner = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const path = [...base, ...inner];
  const found = at(value, inner);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, value, inner);
    return issue.keys.map((key) =>
      mistake([...path, key], 'unknown-key', `unknown key "${key}"${hint(key, known)}`, suggest(key, known)),
    );
  }
  if (issue.code === 'invalid_key') {
    return [mistake(path, 'wrong-value', `"${path.at(-1)}" cannot be a name here: ${reasons(issue.issues)}`)];
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return explainUnion(issue, schema, value, base);
  if (found === undefined) return [mistake(path, 'missing-key', `"${path.at(-1) ?? ''}" is missing${expected(issue)}`)];
  if (issue.code === 'invalid_type') {
    return [mistake(path, 'wrong-type', `this must be ${article(issue.expected)}, not ${kindOf(found)}`)];
  }
  const allowed = options(issue);
  if (allowed !== null) {
    const text = `${JSON.stringify(found)} is not known here${hint(String(found), allowed)}`;
    return [mistake(path, 'wrong-value', text, suggest(String(found), allowed))];
  }
  return [mistake(path, 'wrong-value', bound(issue) ?? issue.message)];
}

/** A limit that a value breaks, in words. */
function bound(issue: Issue): string | null {
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return null;
  const limit = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  if (issue.origin === 'array' || issue.origin === 'set') return `give ${limit} of them`;
  if (issue.origin !== 'string') return `this must be ${limit}`;
  return limit === 'at least 1' ? 'this must not be empty' : `write ${limit} characters`;
}

/** Of a union, the mistakes under the option that came furthest: the fewest of the deepest. */
function explainUnion(issue: Extract<Issue, { code: 'invalid_union' }>, schema: z.ZodType, value: unknown, base: Path) {
  const found = at(value, issue.path);
  const fitting = issue.errors.filter(
    (issues) => !issues.some((one) => one.path.length === 0 && one.code === 'invalid_type'),
  );
  const [best] = (fitting.length > 0 ? fitting : issue.errors).toSorted((a, b) => a.length - b.length);
  if (best === undefined || (fitting.length === 0 && found === undefined)) {
    const path = [...base, ...issue.path.map(String)];
    return [mistake(path, 'missing-key', `"${path.at(-1) ?? ''}" is missing`)];
  }
  if (fitting.length === 0) {
    const kinds = issue.errors.flatMap((issues) =>
      issues.flatMap((one) => (one.code === 'invalid_type' ? [article(one.expected)] : [])),
    );
    const path = [...base, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
    return [mistake(path, 'wrong-type', `this must be ${[...new Set(kinds)].join(' or ')}, not ${kindOf(found)}`)];
  }
  return best.flatMap((one) => explain({ ...one, path: [...issue.path, ...one.path] }, schema, value, base));
}

function options(issue: Issue): string[] | null {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options))
    return issue.options.map(String);
  return null;
}

function expected(issue: Issue): string {
  if (issue.code === 'invalid_type') return `: give ${article(issue.expected)}`;
  const allowed = options(issue);
  return allowed === null ? '' : `: give ${allowed.map((one) => `"${one}"`).join(', ')}`;
}

function reasons(issues: readonly Issue[]): string {
  return issues.map((issue) => issue.message).join('; ');
}

function article(type: string): string {
  const name = { int: 'whole number', record: 'object', tuple: 'array' }[type] ?? type;
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return article(Array.isArray(value) ? 'array' : typeof value);
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const part of path) found = typeof found === 'object' && found !== null ? Reflect.get(found, part) : undefined;
  return found;
}
