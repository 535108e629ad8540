import { proxyActivities, sleep } from '@temporalio/workflow';
import type * as activities from './activities.ts';

const { createTask } = proxyActivities<typeof activities>({ startToCloseTimeout: '1 minute' });

/** The measured journey as one writes it by hand: a workflow per contact, an activity per effect, a timer per wait. */
export async function handWritten(contactId: string, timerMs: number): Promise<void> {
  await createTask({ contactId, step: 'first', title: 'First' });
  await sleep(timerMs);
  await createTask({ contactId, step: 'second', title: 'Second' });
  await sleep(timerMs);
  await createTask({ contactId, step: 'third', title: 'Third' });
}
