import { mistake, type Path, type Problem } from './problem.ts';

/** One problem for each name that stands a second time. */
export function duplicates(names: readonly { name: string; path: Path }[]): Problem[] {
  return names
    .filter(({ name }, index) => names.findIndex((other) => other.name === name) < index)
    .map(({ name, path }) => mistake(path, 'duplicate-id', `"${name}" stands here twice: give each a name of its own`));
}
