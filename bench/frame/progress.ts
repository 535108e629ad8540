import { Instances } from '../../store/models/instance.ts';
import { Intake } from '../../store/models/intake.ts';
import { Tasks } from '../../store/models/task.ts';
import { journey } from '../journey.ts';
import { until } from './poll.ts';

/**
 * Resolves when everything that was accepted is applied and no instance is under way. Asks only whether there is one more:
 * counting would cost the embedded store more than a journey does.
 * @throws when another number of journeys has ended than should have
 */
export async function untilEnded(count: number, before: number): Promise<void> {
  await until('journeys', async () => {
    if (await Intake.exists({ status: 'pending' })) return false;
    if (await Instances.exists({ status: 'starting' })) return false;
    return (await Instances.exists({ status: 'running' })) === null;
  });
  const ended = (await countEnded()) - before;
  if (ended !== count) throw new Error(`${ended} of ${count} journeys have ended`);
}

export async function countEnded(): Promise<number> {
  return await Instances.countDocuments({ process: journey.key, status: 'ended' });
}

/** Resolves when the hand-written workflow of each contact has made its last task. */
export async function untilHandWritten(contacts: readonly string[]): Promise<void> {
  const left = [...contacts];
  await until('hand-written journeys', async () => {
    for (let last = left.at(-1); last !== undefined; last = left.at(-1)) {
      if (!(await Tasks.exists({ effectKey: `${last}/third` }))) return false;
      left.pop();
    }
    return true;
  });
}
