import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EffectOf } from '../../engine/model/effects.ts';
import { onlyDuplicates } from '../../store/duplicates.ts';
import { type TaskDoc, Tasks } from '../../store/models/task.ts';
import { type PerformEffect, performed } from './effect.ts';
import { People } from './people.ts';

/** Makes tasks for a user, a role or the subject's owner; a task of nobody is made too and shown as such. */
export const createTask: PerformEffect<'create-task'> = async (effects, { now }) => {
  const people = await People.at(
    now,
    effects.filter(({ item }) => 'owner' in item.assignee),
  );
  const docs = effects.map((effect) => toTask(effect, people, now));
  try {
    await Tasks.insertMany(docs, { ordered: false, lean: true });
  } catch (error) {
    if (!onlyDuplicates(error)) throw error;
  }
  return effects.map(({ key }) => performed(key, { task: taskId(key) }));
};

function toTask({ key, item }: EffectOf<'create-task'>, people: People, now: number): TaskDoc {
  const { assignee, due, title, description, subject, process } = item;
  const user = 'role' in assignee ? undefined : people.meant(assignee, subject)[0];
  return {
    _id: taskId(key),
    effectKey: key,
    subject,
    contactId: subject.contactId,
    title,
    ...(description !== undefined && { description }),
    ...(user !== undefined && { assignee: user }),
    ...('role' in assignee && { role: assignee.role }),
    ...(due !== null && { due: new Date(due) }),
    status: 'open',
    process,
    createdAt: new Date(now),
  };
}

/** Looks like every other id, and is the same at every attempt. */
function taskId(key: string): string {
  return bytesToHex(sha256(utf8ToBytes(key))).slice(0, 24);
}
