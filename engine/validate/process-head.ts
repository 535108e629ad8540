import type { RootName } from '../conditions/check.ts';
import type { Library } from '../library.ts';
import { processHead, type Settings, type Trigger, type Watch } from '../schema/process.ts';
import { checkCron } from '../time/cron.ts';
import { conditionProblems } from './conditions.ts';
import { keyOf, orDefault, wellFormed } from './parts.ts';
import { mistake, type Path, type Problem } from './problem.ts';
import { fieldProblems, referenceProblems } from './references.ts';

/** What a process says beside its steps, as far as it is well formed. */
export interface ProcessDraft {
  key: string;
  subject: 'contact' | 'deal' | 'ticket';
  triggers: { value: Trigger; index: number }[];
  goals: { value: Watch; index: number }[];
  exits: { value: Watch; index: number }[];
  entry: { key?: string | undefined; suppress: string[] };
  settings: Settings;
}

const { shape } = processHead;

export function readDraft(json: Readonly<Record<string, unknown>>): ProcessDraft {
  return {
    key: keyOf(json),
    subject: orDefault(shape.subject, json.subject, 'contact'),
    triggers: wellFormed(shape.triggers.element, json.triggers),
    goals: wellFormed(shape.goals.unwrap().element, json.goals),
    exits: wellFormed(shape.exits.unwrap().element, json.exits),
    entry: orDefault(shape.entry, json.entry, shape.entry.parse(undefined)),
    settings: orDefault(shape.settings, json.settings, shape.settings.parse(undefined)),
  };
}

/** The subject's own name joins `contact` in conditions. */
export function subjectNames({ subject }: ProcessDraft): RootName[] {
  return subject === 'contact' ? ['contact', 'now'] : ['contact', subject, 'now'];
}

/** Mistakes in triggers, entry rules, goals, exits and settings. */
export function headProblems(draft: ProcessDraft, library: Library): Problem[] {
  const names = subjectNames(draft);
  const segment = (key: string, path: Path) => referenceProblems({ kind: 'segment', key, path: [] }, path, library);
  const watches = (['goals', 'exits'] as const).flatMap((list) =>
    draft[list].flatMap(({ value, index }) =>
      conditionProblems(value.when, [list, index, 'when'], [...names, 'event', 'trigger', 'vars'], library),
    ),
  );
  const { sendWindow } = draft.settings;
  return [
    ...draft.triggers.flatMap(({ value, index }) => triggerProblems(value, ['triggers', index], draft, library)),
    ...draft.entry.suppress.flatMap((key, index) => segment(key, ['entry', 'suppress', index])),
    ...conditionProblems(draft.entry.key, ['entry', 'key'], [...names, 'event', 'trigger'], library, { result: 'any' }),
    ...watches,
    ...(sendWindow === undefined
      ? []
      : referenceProblems({ kind: 'send-window', key: sendWindow, path: [] }, ['settings', 'sendWindow'], library)),
  ];
}

function triggerProblems(trigger: Trigger, path: Path, draft: ProcessDraft, library: Library): Problem[] {
  const problems: Problem[] = [];
  if ('when' in trigger) {
    problems.push(
      ...conditionProblems(trigger.when, [...path, 'when'], [...subjectNames(draft), 'event', 'trigger'], library),
    );
  }
  if ('segment' in trigger) {
    const reference = { kind: 'segment' as const, key: trigger.segment, path: [] };
    problems.push(...referenceProblems(reference, [...path, 'segment'], library));
  }
  if (trigger.on === 'change') problems.push(...fieldProblems(trigger.field, [...path, 'field']));
  if (trigger.on === 'schedule') {
    const wrong = checkCron(trigger.cron);
    if (wrong !== null) problems.push(mistake([...path, 'cron'], 'cron-invalid', wrong, '0 9 * * 1-5'));
  }
  return problems;
}
