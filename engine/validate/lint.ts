import type { Library } from '../library.ts';
import { compile } from '../process/compile.ts';
import type { Outline } from './outline.ts';
import { type Problem, warning } from './problem.ts';
import type { ProcessDraft } from './process-head.ts';

/** What is allowed but probably not meant. */
export function lintProblems(
  draft: ProcessDraft,
  outline: Outline,
  json: Readonly<Record<string, unknown>>,
  library: Library,
): Problem[] {
  const problems: Problem[] = [];
  const sends = outline.steps.some(({ parsed }) => parsed?.type.effects.includes('send-message') === true);
  if (sends && draft.settings.purpose === 'marketing') {
    if (draft.goals.length === 0) {
      problems.push(
        warning(['goals'], 'no-goal', 'this funnel has no goal: name the event that it wants, such as "order.placed"'),
      );
    }
    if (!draft.exits.some(({ value }) => value.event === 'contact.unsubscribed')) {
      const text =
        'this funnel goes on for people who unsubscribe: their messages are skipped, but waits and tasks stay';
      problems.push(
        warning(
          ['exits'],
          'no-unsubscribe-exit',
          text,
          '{ "event": "contact.unsubscribed", "outcome": "unsubscribed" }',
        ),
      );
    }
  }
  if (!Array.isArray(json.scenarios) || json.scenarios.length === 0) {
    problems.push(
      warning(['scenarios'], 'no-scenario', 'nothing shows that this process does what it should: write a scenario'),
    );
  }
  return [...problems, ...startLoops(draft, outline, library)];
}

/** A step that starts a process which, over any number of others, starts this one again. */
function startLoops(draft: ProcessDraft, outline: Outline, library: Library): Problem[] {
  return outline.steps.flatMap(({ parsed, path }) =>
    (parsed?.type.references(parsed.step) ?? [])
      .filter(({ kind }) => kind === 'process')
      .flatMap((reference) => {
        const way = wayBack(reference.key, draft.key, library, new Set());
        if (way === null) return [];
        const circle = [draft.key, ...way].join(' → ');
        return [
          warning(
            [...path, ...reference.path],
            'start-loop',
            `${circle}: these processes start each other in a circle`,
          ),
        ];
      }),
  );
}

function wayBack(from: string, to: string, library: Library, seen: Set<string>): string[] | null {
  if (from === to) return [to];
  const process = library.processes[from];
  if (process === undefined || seen.has(from)) return null;
  seen.add(from);
  for (const { step, type } of compile(process).steps.values()) {
    for (const reference of type.references(step)) {
      const rest = reference.kind === 'process' ? wayBack(reference.key, to, library, seen) : null;
      if (rest !== null) return [from, ...rest];
    }
  }
  return null;
}
