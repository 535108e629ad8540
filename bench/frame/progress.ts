import { pendingIntake } from '../../store/intake.ts';
import { Deals } from '../../store/models/deal.ts';
import { type InstanceDoc, Instances } from '../../store/models/instance.ts';
import { Outbox } from '../../store/models/outbox.ts';
import { Notifications } from '../../store/models/record.ts';
import { journey } from '../journey.ts';
import { until } from './poll.ts';

/**
 * How the end of a round is seen: by looking for single documents, one after the other, and counting only at the very end. To
 * find the first of many or to count them costs the embedded store more than the work that is measured.
 */
async function untilEach(what: string, samples: readonly string[], isThere: (one: string) => Promise<unknown>) {
  const left = [...samples];
  await until(what, async () => {
    for (let last = left.at(-1); last !== undefined; last = left.at(-1)) {
      if (!(await isThere(last))) return false;
      left.pop();
    }
    return true;
  });
}

/** Every so many things one is looked for: fewer than go through a process together. */
const oneIn = 100;

function samplesOf(all: readonly string[]): string[] {
  return all.filter((_, index) => index % oneIn === 0);
}

/** Resolves when the journeys of these contacts have ended, and none goes on. */
export async function untilEnded(contacts: readonly string[]): Promise<void> {
  const process = journey.key;
  await untilEach('journeys', samplesOf(contacts), (contactId) =>
    Instances.exists({ contactId, process, status: 'ended' }),
  );
  const goOn = async (status: InstanceDoc['status']) => (await Instances.exists({ process, status })) !== null;
  await until('all journeys', async () => !(await goOn('starting')) && !(await goOn('running')));
}

/** @throws when not so many journeys have ended in all rounds so far */
export async function expectEnded(total: number): Promise<void> {
  const ended = await Instances.countDocuments({ process: journey.key, status: 'ended' });
  if (ended !== total) throw new Error(`${ended} journeys have ended, not ${total}`);
}

/** Resolves when the hand-written workflow of each contact has written its last line. */
export async function untilHandWritten(contacts: readonly string[]): Promise<void> {
  await untilEach('hand-written journeys', contacts, (contactId) =>
    Notifications.exists({ _id: `${contactId}/third/anna` }),
  );
}

/** Resolves when no message waits any more, these having been the last. What became of them is to be counted after. */
export async function untilSettled(ids: readonly string[]): Promise<void> {
  await untilEach('mails', samplesOf(ids), async (_id) => !(await Outbox.exists({ _id })));
  await until('all mails', async () => (await Outbox.exists({})) === null);
}

/** Resolves when the requests are applied. */
export async function untilApplied(ids: readonly string[]): Promise<void> {
  await until('the requests', async () => !(await pendingIntake(ids)));
}

/** Resolves when deals are won that were moved in this order. */
export async function untilWon(ids: readonly string[]): Promise<void> {
  await untilEach('deals', samplesOf(ids), (_id) => Deals.exists({ _id, status: 'won' }));
  await until('the last deal', async () => (await Deals.exists({ _id: ids.at(-1), status: 'won' })) !== null);
}
