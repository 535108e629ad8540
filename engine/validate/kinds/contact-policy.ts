import type { Library } from '../../library.ts';
import { compile } from '../../process/compile.ts';
import { type ContactPolicy, contactPolicySchema } from '../../schema/contact-policy.ts';
import type { Process } from '../../schema/index.ts';
import { schemaProblems } from '../issues.ts';
import { mistake, type Problem, warning } from '../problem.ts';
import { hint, suggest } from '../suggest.ts';

export function contactPolicyProblems(json: Readonly<Record<string, unknown>>, library: Library): Problem[] {
  const parsed = contactPolicySchema.safeParse(json);
  if (!parsed.success) return schemaProblems(contactPolicySchema, json);
  const { quietHours, sendWindows } = parsed.data;
  const ranges: [path: string[], range: { from: string; to: string }][] = Object.entries(sendWindows).map(
    ([name, window]) => [['sendWindows', name], window],
  );
  if (quietHours !== undefined) ranges.push([['quietHours'], quietHours]);
  const empty = ranges
    .filter(([, { from, to }]) => from === to)
    .map(([path, { from }]) =>
      mistake([...path, 'to'], 'wrong-value', `this begins and ends at ${from}: give two different times`),
    );
  return [...empty, ...Object.values(library.processes).flatMap((process) => droppedWindows(process, sendWindows))];
}

/** Windows that a published process names and this policy does not have: its messages would leave at any hour. */
function droppedWindows(process: Process, windows: ContactPolicy['sendWindows']): Problem[] {
  const keys = new Set(process.settings.sendWindow === undefined ? [] : [process.settings.sendWindow]);
  for (const { step, type } of compile(process).steps.values()) {
    for (const { kind, key } of type.references(step)) if (kind === 'send-window') keys.add(key);
  }
  const known = Object.keys(windows);
  return [...keys]
    .filter((key) => !known.includes(key))
    .map((key) => {
      const text = `the process "${process.key}" sends in the window "${key}"${hint(key, known)}; without it at any hour`;
      return warning(['sendWindows'], 'unknown-send-window', text, suggest(key, known));
    });
}
