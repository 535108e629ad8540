import { addNote } from './add-note.ts';
import { adjustScore } from './adjust-score.ts';
import { assignOwner } from './assign-owner.ts';
import { branch } from './branch.ts';
import { createDeal } from './create-deal.ts';
import { createTask } from './create-task.ts';
import { createTicket } from './create-ticket.ts';
import type { StepBase, StepType } from './define.ts';
import { end } from './end.ts';
import { generateDocument } from './generate-document.ts';
import { httpRequest } from './http-request.ts';
import { moveDeal } from './move-deal.ts';
import { notifyUser } from './notify-user.ts';
import { parallel } from './parallel.ts';
import { repeat } from './repeat.ts';
import { requestApproval } from './request-approval.ts';
import { addToSegment, removeFromSegment } from './segment-membership.ts';
import { sendDocument } from './send-document.ts';
import { sendMessage } from './send-message.ts';
import { sendSurvey } from './send-survey.ts';
import { split } from './split.ts';
import { startProcess } from './start-process.ts';
import { updateRecord } from './update-record.ts';
import { wait } from './wait.ts';
import { waitForEvent } from './wait-for-event.ts';
import { waitForTask } from './wait-for-task.ts';

/** All step types, in the order of the docs and the palette. Adding one = its file and a line here. */
export const stepTypes = [
  wait,
  waitForEvent,
  branch,
  split,
  parallel,
  repeat,
  startProcess,
  end,
  updateRecord,
  adjustScore,
  addToSegment,
  removeFromSegment,
  sendMessage,
  sendSurvey,
  sendDocument,
  notifyUser,
  createTask,
  waitForTask,
  assignOwner,
  createTicket,
  addNote,
  createDeal,
  moveDeal,
  generateDocument,
  requestApproval,
  httpRequest,
] as const;

const byName: ReadonlyMap<string, StepType> = new Map(stepTypes.map((type): [string, StepType] => [type.type, type]));

/** @throws RangeError on a type that does not exist: parsed definitions never hold one. */
export function stepType(step: StepBase): StepType {
  const type = byName.get(step.type);
  if (type === undefined) throw new RangeError(`no step type "${step.type}"`);
  return type;
}
