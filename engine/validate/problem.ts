/** What each kind of mistake in a definition means; `docs/errors.md` lists them. */
export const problemCodes = {
  'unknown-kind': 'The file does not say which kind of definition it is.',
  'unknown-key': 'The object has a key that the language does not know.',
  'missing-key': 'A key that must be there is not.',
  'wrong-type': 'The value is of another type than the language asks for.',
  'wrong-value': 'The value is of the right type, but not one of those that are allowed.',
  'duplicate-id': 'Two steps, rules or fields share an id or a name.',
  'unknown-step': 'A step is named that the process, or this list of steps, does not have.',
  'unknown-exit': 'A `next` names an exit that this step does not have.',
  'unreachable-step': 'No way through the process leads to this step.',
  'endless-loop': 'A cycle of steps holds no wait, so an instance would turn in it without end.',
  'unknown-template': 'There is no such message template on this channel.',
  'unknown-segment': 'There is no such segment.',
  'unknown-process': 'There is no such process.',
  'unknown-calendar': 'There is no such calendar.',
  'unknown-send-window': 'The contact policy has no send window of that name.',
  'unknown-routing': 'There is no such routing.',
  'unknown-pipeline': 'There is no such pipeline.',
  'unknown-user': 'There is no such user, or they are no longer active.',
  'vacant-role': 'Nobody who is active has the role.',
  'nobody-fits': 'No active user is what the rule of a routing asks for.',
  'unreachable-rule': 'A rule before it always holds.',
  'no-calendar': 'The time for an acceptance runs at night and on holidays too.',
  'unknown-field': 'The contact has no such standard field; own ones live under `attributes`.',
  'subject-unfit': 'The step works on a ticket or a deal, and none goes through the process.',
  'unknown-group': 'The scoring has no such group.',
  'condition-invalid': 'The text is no valid condition, or its types do not fit.',
  'condition-too-costly': 'The condition could take unbounded time.',
  'cron-invalid': 'The text is no cron expression, or names a day that never comes.',
  'never-open': 'The calendar has no open hour.',
  'goal-unreachable': 'The calendar never has so much open time.',
  'open-time': 'A day or longer is written where open time is meant: it is 24 open hours.',
  'point-order': 'Escalations of a target are not listed in the order in which they come, or two come at once.',
  'unknown-stage': 'The pipeline has no such stage, or no such reason for losing a deal.',
  'unreachable-stage': 'The pipeline moves deals by itself, but never into this stage.',
  'move-cycle': 'Moves of a pipeline follow one another in a circle.',
  'policy-overlap': 'Two SLA policies claim the same tickets, or one is never reached.',
  'unknown-outcome': 'The task offers no such outcome.',
  'unread-outcomes': 'A task offers outcomes, and no step waits for them.',
  'template-language-missing': 'The template is not written in every language of the project.',
  'template-variable-missing': 'A template reads a variable that nothing provides.',
  'purpose-mismatch': 'A message is sent for another purpose than its template was written for.',
  'start-loop': 'Processes start each other in a circle.',
  'no-goal': 'A marketing process has no goal, so nobody can say whether it works.',
  'no-unsubscribe-exit': 'A marketing process goes on for people who unsubscribe.',
  'no-scenario': 'The process has no scenario, so nothing shows that it does what it should.',
  'scenario-failed': 'A scenario does not go as it expects.',
} as const;

export type ProblemCode = keyof typeof problemCodes;

export type Path = readonly (string | number)[];

/** One mistake in a definition. Errors refuse publication, warnings do not. */
export interface Problem {
  /** Where: `steps[2].next.timeout`; empty for the whole definition. */
  path: string;
  code: ProblemCode;
  message: string;
  /** What to write instead, where that is known. */
  suggestion?: string;
  severity: 'error' | 'warning';
}

/** `['steps', 2, 'next']` as `steps[2].next`; keys that would confuse are quoted in brackets. */
function formatPath(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^[\w$-]+$/.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}

export function mistake(path: Path, code: ProblemCode, message: string, suggestion?: string): Problem {
  return { path: formatPath(path), code, message, ...(suggestion !== undefined && { suggestion }), severity: 'error' };
}

export function warning(path: Path, code: ProblemCode, message: string, suggestion?: string): Problem {
  return { ...mistake(path, code, message, suggestion), severity: 'warning' };
}
