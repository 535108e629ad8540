import type { Effect, EffectName } from '../../engine/model/effects.ts';
import { adjustScore } from './adjust-score.ts';
import { assignOwner } from './assign-owner.ts';
import { changeSegment } from './change-segment.ts';
import { createTask } from './create-task.ts';
import type { PerformEffect } from './effect.ts';
import { httpRequest } from './http-request.ts';
import { notifyUser } from './notify-user.ts';
import { sendMessage } from './send-message.ts';
import { startProcess } from './start-process.ts';
import { updateRecord } from './update-record.ts';

/** How one kind of effect is performed. */
interface EffectKind<N extends EffectName> {
  perform: PerformEffect<N>;
  /** Waits for somebody outside: has an activity of its own instead of a place in the turn's batch. */
  slow?: true;
  /** Attempts until it fails for good; for ever without. */
  attempts?: number;
  /** The next decision must read the contact anew. */
  changesContact?: true;
}

/** All effects. Adding one = its file and a line here. */
export const effectKinds: { [N in EffectName]: EffectKind<N> } = {
  'update-record': { perform: updateRecord, changesContact: true },
  'adjust-score': { perform: adjustScore, changesContact: true },
  'change-segment': { perform: changeSegment, changesContact: true },
  'assign-owner': { perform: assignOwner, changesContact: true },
  'send-message': { perform: sendMessage },
  'notify-user': { perform: notifyUser },
  'create-task': { perform: createTask },
  'start-process': { perform: startProcess },
  'http-request': { perform: httpRequest, slow: true, attempts: 6 },
};

export function isSlow(effect: Effect): boolean {
  return effectKinds[effect.name].slow === true;
}

export function changesContact(effect: Effect): boolean {
  return effectKinds[effect.name].changesContact === true;
}
