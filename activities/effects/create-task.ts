import { intakeItem } from '../../delivery/intake/items.ts';
import { plainId } from '../../delivery/intake/plain-id.ts';
import type { EffectOf } from '../../engine/model/effects.ts';
import type { SubjectRef } from '../../engine/model/state.ts';
import type { IntakeItem } from '../../store/models/intake.ts';
import { type PerformEffect, performed } from './effect.ts';
import { applyThroughIntake } from './intake.ts';
import { People } from './people.ts';

/** Makes tasks for a user, a role or the subject's owner; a task of nobody is made too and shown as such. Answers the `task`'s id. */
export const createTask: PerformEffect<'create-task'> = async (effects, deps) => {
  const people = await People.at(
    deps.now,
    effects.map(({ item: { assignee, subject } }) => ({ to: assignee, subject })),
  );
  const outcomes = await applyThroughIntake(
    effects.map((effect) => toItem(effect, people)),
    deps,
  );
  return outcomes.map((outcome) =>
    outcome.status === 'performed' ? performed(outcome.key, { task: plainId(outcome.key) }) : outcome,
  );
};

function toItem({ key, instance, item }: EffectOf<'create-task'>, people: People): IntakeItem {
  const { assignee, due, subject, ...task } = item;
  const user = 'role' in assignee ? undefined : people.meant(assignee, subject).find((user) => people.isActive(user));
  const [, id = '', visit] = key.split('/');
  const body = {
    do: 'open',
    by: `instance:${instance}`,
    ...task,
    ...named(subject),
    ...(user !== undefined && { assignee: user }),
    ...('role' in assignee && { role: assignee.role }),
    ...(due !== null && { due }),
    step: { instance, id, visit: Number(visit) },
  } as const;
  return intakeItem('task', key, body, 'engine');
}

function named({ kind, id, contactId }: SubjectRef) {
  if (kind === 'deal') return { dealId: id };
  return kind === 'ticket' ? { ticketId: id } : { contactId };
}
