import { intakeDoc, intakeItem } from '../delivery/intake/items.ts';
import { submitIntake } from '../delivery/intake/submit.ts';
import { newId } from '../store/id.ts';
import { handWritten, startBaseline } from './baseline/worker.ts';
import type { Benchmark } from './frame/benchmark.ts';
import { makeContacts } from './frame/people.ts';
import { expectEnded, untilEnded } from './frame/progress.ts';
import { publish } from './frame/publish.ts';
import { compare, perSecond } from './frame/rounds.ts';
import { type Runtime, startRuntime } from './frame/runtime.ts';
import { openStage } from './frame/stage.ts';
import { storeOf } from './frame/surroundings.ts';
import { journey } from './journey.ts';

/** Items in one document of the intake: what the API takes in one request. */
const perRequest = 1_000;

/** Journeys of many contacts at once, from the request to the end, against a workflow per contact. */
export const bulk: Benchmark = {
  name: 'bulk',
  title: 'Journeys of three effects and two timers in bulk, against a hand-written workflow per contact',
  pure: false,
  async run(setting) {
    const stage = await openStage(setting.servers);
    const { embedded } = await storeOf(stage.config.mongodbUri);
    // So many that the two waits themselves, two to four seconds, weigh little beside the work.
    const enough = embedded ? 12_000 : 100_000;
    const sizes = setting.quick ? { ours: 400, theirs: 20 } : { ours: enough, theirs: 600 };
    const runtime = await startRuntime(stage);
    const stopBaseline = await startBaseline(stage);
    try {
      await publish(journey);
      const { ours, theirs, ratio } = await compare(
        {
          ours: {
            name: 'Voronka, in bulk',
            measure: (round) => enrolled(sizes.ours, (round + 1) * sizes.ours, runtime),
          },
          theirs: { name: 'A workflow per contact', measure: () => handWritten(sizes.theirs, stage) },
        },
        'journeys/s',
        setting,
      );
      const aim = { name: 'Voronka in bulk, of a workflow per contact,', unit: '×', value: ratio };
      return {
        figures: [ours, theirs],
        aims: [{ ...aim, atLeast: embedded ? 20 : 100 }],
        conditions: {
          'Journeys per round, Voronka': sizes.ours,
          'Journeys per round, a workflow per contact': sizes.theirs,
          'From, to':
            'accepted enrolment (through intake, dispatcher and worker) or start of the workflow; last effect written',
        },
      };
    } finally {
      await stopBaseline();
      await runtime.stop();
      await stage.close();
    }
  },
};

/** @param total journeys that have ended when this round is over */
async function enrolled(count: number, total: number, { queues }: Runtime): Promise<number> {
  const contacts = await makeContacts(count);
  const rate = await perSecond(count, async () => {
    for (let start = 0; start < count; start += perRequest) {
      const items = contacts
        .slice(start, start + perRequest)
        .map((contactId) => intakeItem('enrol', newId(), { process: journey.key, contactId, by: 'bench' }, 'api'));
      await submitIntake(queues.intake, [intakeDoc(newId(), items, Date.now())]);
    }
    await untilEnded(contacts);
  });
  await expectEnded(total);
  return rate;
}
