import type { Effect, EffectName } from '../../engine/model/effects.ts';
import { abandonApproval } from './abandon-approval.ts';
import { addNote } from './add-note.ts';
import { adjustScore } from './adjust-score.ts';
import { announce } from './announce.ts';
import { assignOwner } from './assign-owner.ts';
import { changeSegment } from './change-segment.ts';
import { createDeal } from './create-deal.ts';
import { createTask } from './create-task.ts';
import { createTicket } from './create-ticket.ts';
import type { PerformEffect } from './effect.ts';
import { generateDocument } from './generate-document.ts';
import { httpRequest } from './http-request.ts';
import { moveDeal } from './move-deal.ts';
import { notifyUser } from './notify-user.ts';
import { requestApproval } from './request-approval.ts';
import { sendMessage } from './send-message.ts';
import { startProcess } from './start-process.ts';
import { startSteps } from './start-steps.ts';
import { updateRecord } from './update-record.ts';

/** How one kind of effect is performed. */
interface EffectKind<N extends EffectName> {
  perform: PerformEffect<N>;
  /** Waits for somebody outside: has an activity of its own instead of a place in the turn's batch. */
  slow?: true;
  /** Attempts until it fails for good; for ever without. */
  attempts?: number;
  /** The next decision must read the subject anew. */
  changesSubject?: true;
}

/** All effects. Adding one = its file and a line here. */
export const effectKinds: { [N in EffectName]: EffectKind<N> } = {
  'update-record': { perform: updateRecord, changesSubject: true },
  'adjust-score': { perform: adjustScore, changesSubject: true },
  'change-segment': { perform: changeSegment, changesSubject: true },
  'assign-owner': { perform: assignOwner, changesSubject: true },
  'send-message': { perform: sendMessage },
  'notify-user': { perform: notifyUser },
  'create-task': { perform: createTask },
  'create-ticket': { perform: createTicket, changesSubject: true },
  'create-deal': { perform: createDeal, changesSubject: true },
  'move-deal': { perform: moveDeal, changesSubject: true },
  'add-note': { perform: addNote },
  announce: { perform: announce },
  'start-steps': { perform: startSteps },
  'start-process': { perform: startProcess },
  'generate-document': { perform: generateDocument },
  'request-approval': { perform: requestApproval },
  'abandon-approval': { perform: abandonApproval },
  'http-request': { perform: httpRequest, slow: true, attempts: 6 },
};

export function isSlow(effect: Effect): boolean {
  return effectKinds[effect.name].slow === true;
}

export function changesSubject(effect: Effect): boolean {
  return effectKinds[effect.name].changesSubject === true;
}
