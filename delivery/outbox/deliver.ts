import { type Claim, claimMessages, dueKeys, readClaimed, release } from './claim.ts';
import type { Draft } from './compose.ts';
import type { OutboxDeps } from './deps.ts';
import { inGroups } from './groups.ts';
import { handOver } from './hand-over.ts';
import { pass } from './pass.ts';
import { settle, untilStored } from './settle.ts';

/**
 * Keys that are looked up together; the messages themselves are read when they are claimed. Many, because the embedded
 * store reads everything that is due for each page: a backlog in small pages costs the square of its length.
 */
const pageSize = 10_000;
/** Groups that are being handed over at the same time, so that the relay never waits for the store. */
const groupsInFlight = 3;

/**
 * Delivers everything that is due. Messages are claimed in small groups right before they are handed over: after a crash
 * only those of the groups in flight are `unknown`.
 * @param stopped asked between groups: true ends early, with what was begun
 */
export async function deliverDue(deps: OutboxDeps, stopped: () => boolean = () => false): Promise<void> {
  for (;;) {
    const due = await dueKeys(deps.clock.now(), pageSize);
    const claimed = await deliverAll(inGroups(due, deps.concurrency * 4), deps, stopped);
    // What is due and was not claimed is in the hands of others.
    if (claimed === 0 || stopped()) return;
  }
}

/** @returns how many messages this process had in its hands */
async function deliverAll(groups: readonly string[][], deps: OutboxDeps, stopped: () => boolean): Promise<number> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let claimed = 0;
  for (const group of groups) {
    if (running.size >= groupsInFlight) await Promise.race(running);
    if (failures.length > 0 || stopped()) break;
    const sending = deliverGroup(group, deps)
      .then((count) => {
        claimed += count;
      })
      .catch((error) => void failures.push(error))
      .finally(() => running.delete(sending));
    running.add(sending);
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
  return claimed;
}

/** Claim, second look, hand-over, outcome: in this order, whatever happens to the process in between. */
async function deliverGroup(group: readonly string[], deps: OutboxDeps): Promise<number> {
  const claim = await claimMessages(group);
  if (claim === null) return 0;
  const { due, drafts } = await prepare(claim, deps);
  if (drafts.length > 0) await settle(await handOver(drafts, deps), deps);
  await untilStored(() => release(claim), deps);
  return due;
}

/** When this fails nothing has left: the claim is let go, and the messages wait for the next time. */
async function prepare(claim: Claim, deps: OutboxDeps): Promise<{ due: number; drafts: Draft[] }> {
  try {
    const messages = await readClaimed(claim, deps.clock.now());
    return { due: messages.length, drafts: await pass(messages, deps) };
  } catch (error) {
    await untilStored(() => release(claim), deps);
    throw error;
  }
}
