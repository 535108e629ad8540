import { changesBetween } from '../../../engine/changes.ts';
import { taskJson } from '../../../engine/model/task.ts';
import type { TaskDoc } from '../../../store/models/task.ts';
import { taskView } from '../../../store/tasks.ts';
import { subjectNamed } from '../about.ts';
import { changed } from '../arrival.ts';
import type { Applied, Desk } from '../kinds.ts';
import { ownerOf } from '../owner.ts';
import { plainId } from '../plain-id.ts';
import { ItemProblem } from '../problem.ts';
import type { TaskBody } from './body.ts';
import { dueAt, planAttention, setTaskFields } from './changing.ts';
import { noticesOf } from './notices.ts';
import { type TaskScene, told } from './telling.ts';

type BodyOf<D extends TaskBody['do']> = Extract<TaskBody, { do: D }>;

/** What an item of the kind `task` does. @throws ItemProblem for what cannot be done */
export function applyTask(body: TaskBody, desk: Desk): Applied {
  switch (body.do) {
    case 'open':
      return open(body, desk);
    case 'change':
      return change(body, desk);
    case 'done':
      return close(body, 'done', desk);
    case 'cancel':
      return close(body, 'cancelled', desk);
    case 'reopen':
      return reopen(body, desk);
    case 'attend':
      return attend(body, desk);
  }
}

function open(body: BodyOf<'open'>, desk: Desk): Applied {
  const { by, title, description, assignee, role, due, remindAt, outcomes, process, step } = body;
  desk.staff.refuseStranger('assignee', assignee);
  const subject = subjectNamed(body, desk);
  const at = new Date(desk.occurredAt);
  const doc: TaskDoc = {
    _id: plainId(desk.id),
    title,
    ...(description !== undefined && { description }),
    subject,
    contactId: subject.contactId,
    ...(assignee !== undefined && { assignee }),
    ...(role !== undefined && { role }),
    ...(due !== undefined && { due: new Date(due) }),
    ...(remindAt !== undefined && { remindAt: new Date(remindAt) }),
    status: 'open',
    ...(outcomes !== undefined && { outcomes }),
    ...(process !== undefined && { process }),
    ...(step !== undefined && { step }),
    createdBy: by,
    createdAt: at,
    updatedAt: at,
  };
  planAttention(doc, desk.occurredAt);
  const file = desk.tasks.add(doc);
  return told('task.created', { file, person: ownerOf(file, desk), by }, {}, desk);
}

function change(body: BodyOf<'change'>, desk: Desk): Applied {
  desk.staff.refuseStranger('assignee', body.set.assignee);
  const scene = sceneOf(body, desk);
  const { doc } = scene.file;
  const before = taskJson(taskView(doc));
  setTaskFields(doc, body.set, desk.occurredAt);
  planAttention(doc, desk.occurredAt);
  const changes = changesBetween(before, taskJson(taskView(doc)));
  if (changes.length === 0) return nothing(scene);
  return told('task.changed', scene, changed(changes), desk);
}

/** What is closed in the same way already stays as it is. */
function close({ outcome, comment, ...body }: Closing, status: 'done' | 'cancelled', desk: Desk): Applied {
  const scene = sceneOf(body, desk);
  const { doc } = scene.file;
  if (doc.status === status && doc.outcome === outcome) return nothing(scene);
  if (doc.status !== 'open') throw new ItemProblem('TASK_CLOSED', `the task ${doc._id} is ${doc.status}`);
  refuseUnknown(outcome, doc);
  const at = new Date(desk.occurredAt);
  Object.assign(doc, { status, closedBy: body.by, closedAt: at });
  if (outcome !== undefined) doc.outcome = outcome;
  if (comment !== undefined) doc.comment = comment;
  planAttention(doc, desk.occurredAt);
  return told(status === 'done' ? 'task.done' : 'task.cancelled', scene, { outcome, comment }, desk);
}

type Closing = Pick<BodyOf<'done'>, 'taskId' | 'by' | 'outcome' | 'comment'>;

function refuseUnknown(outcome: string | undefined, { outcomes = [], _id }: TaskDoc): void {
  const known = outcomes.map(({ key }) => key);
  if (outcome === undefined || known.includes(outcome)) return;
  const cure = known.length === 0 ? 'the task offers none, leave it out' : `give one of ${known.join(', ')}`;
  throw new ItemProblem('VALIDATION_FAILED', `outcome: the task ${_id} has no outcome ${outcome}: ${cure}`);
}

function reopen({ comment, ...body }: BodyOf<'reopen'>, desk: Desk): Applied {
  const scene = sceneOf(body, desk);
  const { doc } = scene.file;
  if (doc.status === 'open') return nothing(scene);
  doc.status = 'open';
  for (const field of ['outcome', 'comment', 'closedBy', 'closedAt', 'overdueAt'] as const) delete doc[field];
  planAttention(doc, desk.occurredAt);
  return told('task.reopened', scene, { comment }, desk);
}

/** Tells what is due and was not told; nothing where the task was closed or its times were moved meanwhile. */
function attend(body: BodyOf<'attend'>, desk: Desk): Applied {
  const scene = sceneOf(body, desk);
  const { doc } = scene.file;
  const due = dueAt(doc, desk.at);
  if (due === null) return nothing(scene);
  const at = new Date(desk.occurredAt);
  if (due === 'overdue') doc.overdueAt = at;
  else doc.remindedAt = at;
  planAttention(doc, desk.occurredAt);
  desk.ledger.notifications.push(...noticesOf(due, doc, desk));
  return told(`task.${due}`, scene, {}, desk);
}

function nothing({ person }: TaskScene): Applied {
  return { person, happenings: [] };
}

/** @throws ItemProblem for an unknown id */
function sceneOf({ taskId, by }: Pick<Closing, 'taskId' | 'by'>, desk: Desk): TaskScene {
  const file = desk.tasks.byId(taskId);
  if (file === undefined) throw new ItemProblem('NOT_FOUND', `taskId: there is no task ${taskId}`);
  desk.tasks.touch(file);
  return { file, person: ownerOf(file, desk), by };
}
