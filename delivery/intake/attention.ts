import type { Clock } from '../../config/clock.ts';
import { type DueMark, dueIn } from '../../store/attention.ts';
import { insertIntake } from '../../store/intake.ts';
import { Approvals } from '../../store/models/approval.ts';
import type { IntakeItem } from '../../store/models/intake.ts';
import { Tasks } from '../../store/models/task.ts';
import { intakeDoc, intakeItem } from './items.ts';
import { pages } from './pages.ts';

/** A kind of documents that are to be looked at when their `attentionAt` comes. */
interface Attended {
  kind: 'task' | 'approval';
  /** So many that are due, in the order of their ids, after one. */
  due(now: number, after: string, limit: number): Promise<DueMark[]>;
  /** The look at one of them. `occurredAt`: when it was due, virtual epoch ms. */
  look(id: string, key: string, occurredAt: number): IntakeItem;
}

const attended: readonly Attended[] = [
  {
    kind: 'task',
    due: (...place) => dueIn(Tasks, ...place),
    look: (taskId, key, occurredAt) =>
      intakeItem('task', key, { do: 'attend', taskId, by: 'system', occurredAt }, 'schedule'),
  },
  {
    kind: 'approval',
    due: (...place) => dueIn(Approvals, ...place),
    look: (approvalId, key, occurredAt) =>
      intakeItem('approval', key, { do: 'attend', approvalId, by: 'system', occurredAt }, 'schedule'),
  },
];

/**
 * Accepts a look at everything whose time has come. Safe to run by several processes and again after a crash: a look has a fixed id
 * for each state of what is looked at, and applying it changes that state, or finds that nothing is due.
 */
export async function acceptDue({ clock }: { clock: Pick<Clock, 'now'> }): Promise<void> {
  const now = clock.now();
  for (const { kind, due, look } of attended) {
    const parts = pages(
      (after, limit) => due(now, after, limit),
      ({ _id }) => _id,
    );
    for await (const marks of parts) {
      await insertIntake(
        marks.map(({ _id, attentionAt, updatedAt }) => {
          const key = `attention/${kind}/${_id}/${updatedAt.getTime()}`;
          return intakeDoc(key, [look(_id, key, attentionAt.getTime())], now);
        }),
      );
    }
  }
}
