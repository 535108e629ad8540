import { proxyActivities, sleep } from '@temporalio/workflow';
import type * as activities from './activities.ts';

const { notifyUser } = proxyActivities<typeof activities>({ startToCloseTimeout: '1 minute' });

/** The measured journey as one writes it by hand: a workflow per contact, an activity per effect, a timer per wait. */
export async function handWritten(contactId: string, timerMs: number): Promise<void> {
  await notifyUser({ contactId, step: 'first', text: 'First' });
  await sleep(timerMs);
  await notifyUser({ contactId, step: 'second', text: 'Second' });
  await sleep(timerMs);
  await notifyUser({ contactId, step: 'third', text: 'Third' });
}
