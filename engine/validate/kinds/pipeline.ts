import type { RootName } from '../../conditions/check.ts';
import type { Library } from '../../library.ts';
import { reserved } from '../../pipeline/stage.ts';
import { pipelineSchema } from '../../schema/pipeline.ts';
import type { StepBase } from '../../steps/define.ts';
import { conditionProblems } from '../conditions.ts';
import { duplicates } from '../duplicates.ts';
import { schemaProblems } from '../issues.ts';
import { dayProblems, lengthProblems, reachProblems } from '../open-time.ts';
import { anyList } from '../outline.ts';
import { partProblems } from '../part.ts';
import { keyOf } from '../parts.ts';
import { mistake, type Path, type Problem } from '../problem.ts';
import { fieldProblems, referenceProblems } from '../references.ts';
import { type Draft, type DraftStage, moveProblems } from './pipeline-moves.ts';

/** The pipeline as a form, its steps aside: they are read one by one. */
const frame = pipelineSchema(anyList);
const names: readonly RootName[] = ['deal', 'contact', 'now'];

/** Every mistake in a pipeline that can be seen without running it. */
export function pipelineProblems(json: Readonly<Record<string, unknown>>, library: Library): Problem[] {
  const sound = frame.safeParse(json);
  if (!sound.success) return schemaProblems(frame, json);
  const draft = sound.data;
  return [
    ...duplicates(draft.stages.map(({ key }, index) => ({ name: key, path: ['stages', index, 'key'] }))),
    ...duplicates(draft.moves.map(({ id }, index) => ({ name: id, path: ['moves', index, 'id'] }))),
    ...duplicates(draft.lostReasons.map(({ key }, index) => ({ name: key, path: ['lostReasons', index, 'key'] }))),
    ...guardProblems(draft, library),
    ...draft.stages.flatMap((stage, index) => stageProblems(keyOf(json), stage, ['stages', index], library)),
    ...moveProblems(draft, library),
  ];
}

function guardProblems({ stages, won, lost }: Draft, library: Library): Problem[] {
  const groups = [
    ...stages.map(({ guards }, index) => ({ guards, path: ['stages', index, 'guards'] })),
    { guards: won.guards, path: ['won', 'guards'] },
    { guards: lost.guards, path: ['lost', 'guards'] },
  ];
  const guards = groups.flatMap(({ guards, path }) =>
    guards.map((guard, index) => ({ guard, path: [...path, index] })),
  );
  return [
    ...duplicates(guards.map(({ guard, path }) => ({ name: guard.id, path: [...path, 'id'] }))),
    ...guards.flatMap(({ guard, path }) => [
      ...(guard.fields ?? []).flatMap((field, index) => guardFieldProblems(field, [...path, 'fields', index])),
      ...conditionProblems(guard.when, [...path, 'when'], names, library),
      ...(guard.roles ?? []).flatMap((key, index) =>
        referenceProblems({ kind: 'role', key, path: [] }, [...path, 'roles', index], library),
      ),
    ]),
  ];
}

function guardFieldProblems(field: string, path: Path): Problem[] {
  if (!field.startsWith('ticket.')) return fieldProblems(field, path);
  return [mistake(path, 'unknown-field', 'no ticket goes through a pipeline: name a field of the deal or its contact')];
}

/** The steps of a stage run as one process, so their ids are unique in it; those on leaving are another. */
function stageProblems(key: string, stage: DraftStage, path: Path, library: Library): Problem[] {
  const lists: { steps: StepBase[]; path: Path }[] = [
    { steps: stage.enter ?? [], path: [...path, 'enter'] },
    ...(['deadline', 'idle'] as const).map((limit) => ({
      steps: stage[limit]?.steps ?? [],
      path: [...path, limit, 'steps'],
    })),
  ];
  const ids = lists.flatMap(({ steps, path }) =>
    steps.map(({ id }, index) => ({ list: path, name: id, path: [...path, index, 'id'] })),
  );
  const across = ids.filter(({ list, name }, index) =>
    ids.slice(0, index).some((other) => other.list !== list && other.name === name),
  );
  const leave = { steps: stage.leave ?? [], path: [...path, 'leave'] };
  return [
    ...[...lists, leave].flatMap(({ steps, path }) => partProblems({ key, subject: 'deal' }, steps, path, library)),
    ...across.map(({ name, path }) =>
      mistake(
        path,
        'duplicate-id',
        `another step of this stage is called "${name}" already; give it a name of its own`,
      ),
    ),
    ...ids
      .filter(({ name }) => name.startsWith(reserved))
      .map(({ path }) => mistake(path, 'wrong-value', `ids that begin with "${reserved}" are the pipeline's own`)),
    ...(['deadline', 'idle'] as const).flatMap((limit) => limitProblems(stage[limit], [...path, limit], library)),
  ];
}

/** A limit that can never come, or is not what is meant. */
function limitProblems(
  limit: { within: string; calendar?: string | undefined } | undefined,
  path: Path,
  library: Library,
) {
  if (limit === undefined) return [];
  const span = { iso: limit.within, path: [...path, 'within'] };
  if (limit.calendar === undefined) return lengthProblems(span);
  const calendar = library.calendars[limit.calendar];
  if (calendar === undefined) {
    return referenceProblems({ kind: 'calendar', key: limit.calendar, path: [] }, [...path, 'calendar'], library);
  }
  const counted = path.at(-1) === 'deadline' ? [...dayProblems(span, calendar), ...reachProblems(span, calendar)] : [];
  return [...lengthProblems(span), ...counted];
}
