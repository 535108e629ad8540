import { realClock } from '../config/clock.ts';
import { createLogger } from '../config/log.ts';
import { eachAtMost } from '../delivery/dispatch/concurrency.ts';
import { startIntake } from '../delivery/intake/consumer.ts';
import { intakeDoc, intakeItem } from '../delivery/intake/items.ts';
import { submitIntake } from '../delivery/intake/submit.ts';
import { LiveLibrary } from '../delivery/library.ts';
import { openQueues, type Queues } from '../delivery/queues.ts';
import { newId } from '../store/id.ts';
import { Deals } from '../store/models/deal.ts';
import type { IntakeItem } from '../store/models/intake.ts';
import { saveUser } from '../store/users.ts';
import { pipeline, way } from './deals/pipeline.ts';
import type { Benchmark } from './frame/benchmark.ts';
import { makeContacts } from './frame/people.ts';
import { untilApplied, untilWon } from './frame/progress.ts';
import { publish } from './frame/publish.ts';
import { median, perSecond, repeat } from './frame/rounds.ts';
import { openStage } from './frame/stage.ts';

/** Requests under way at the same time. */
const concurrency = 64;
const perBatch = 200;

/** Deals moved by a seller from the first stage to the last, every move through its guards. */
export const deals: Benchmark = {
  name: 'deals',
  title: 'Stage moves of deals through the intake, each asked its guards',
  pure: false,
  async run(setting) {
    const count = setting.quick ? 40 : 1_000;
    const stage = await openStage(setting.servers);
    const queues = openQueues({ redisUrl: stage.config.redis.url, prefix: stage.config.redis.prefix });
    const log = createLogger(stage.config, 'bench');
    const onError = (error: unknown) => log.error({ err: error }, 'the intake failed');
    const intake = await startIntake({ queues, library: new LiveLibrary(), clock: realClock, onError });
    const contestant = (name: string, perRequest: number) => ({
      name,
      warmUp: () => refused(perRequest, queues),
      measure: () => moved(count, perRequest, queues),
    });
    try {
      await publish(pipeline);
      await saveUser({ _id: 'anna', name: 'Anna', role: 'sales', language: 'en', active: true });
      const batches = await repeat(contestant('Moves in batches', perBatch), 'moves/s', setting);
      const single = await repeat(contestant('Moves one in a request', 1), 'moves/s', setting);
      return {
        figures: [batches, single],
        aims: [
          { name: `Moves, ${perBatch} in a request`, unit: 'moves/s', value: median(batches.rounds) },
          { name: 'Moves, one in a request', unit: 'moves/s', value: median(single.rounds) },
        ],
        conditions: {
          'Deals per round, each of a contact of its own': count,
          'Moves of each': way.length,
          Guards: 'fields, conditions and a role on the way; that they refuse is seen before each measuring',
          'Requests under way at once, where they are single': concurrency,
          'From, to': 'first request stored; the last deal won in the store, with its history and events',
          Processes:
            'the intake alone; instances of the stages (each has a deadline) are written, and begin only when a worker runs',
        },
      };
    } finally {
      await intake.close();
      await queues.close();
      await stage.close();
    }
  },
};

/** @returns moves a second */
async function moved(count: number, perRequest: number, queues: Queues): Promise<number> {
  const ids = await open(count, { owner: 'anna', amount: 500_000 }, queues);
  const requests: string[] = [];
  const speed = await perSecond(count * way.length, async () => {
    for (const to of way) {
      const moves = ids.map((dealId) => move(dealId, to));
      requests.push(...(await request(moves, perRequest, queues)));
    }
    await untilWon(ids);
  });
  await untilApplied(requests);
  const won = await Deals.countDocuments({
    _id: { $in: ids },
    status: 'won',
    [`moves.${way.length}`]: { $exists: true },
  });
  if (won !== count) throw new Error(`${won} of ${count} deals went all the way`);
  return speed;
}

/** Deals that no guard lets pass, as a proof that the others were asked too. */
async function refused(perRequest: number, queues: Queues): Promise<void> {
  const ids = await open(perRequest, { owner: 'anna' }, queues);
  for (const to of way)
    await untilApplied(
      await request(
        ids.map((dealId) => move(dealId, to)),
        perRequest,
        queues,
      ),
    );
  const still = await Deals.countDocuments({ _id: { $in: ids }, stage: 'qualified' });
  if (still !== perRequest) throw new Error(`${perRequest - still} deals without an amount got past its guard`);
}

/** Opens deals of new contacts. @returns their ids */
async function open(count: number, set: object, queues: Queues): Promise<string[]> {
  const contacts = await makeContacts(count);
  const items = contacts.map((contactId, n) => {
    const body = { do: 'open' as const, by: 'user:anna' as const, contactId, pipeline: pipeline.key };
    return intakeItem('deal', newId(), { ...body, set: { title: `Deal ${n}`, ...set } }, 'api');
  });
  await untilApplied(await request(items, perBatch, queues));
  return items.map(({ id }) => id);
}

function move(dealId: string, to: string): IntakeItem {
  return intakeItem('deal', newId(), { do: 'move', by: 'user:anna', dealId, to }, 'api');
}

/** Sends items as requests of so many. @returns ids of the requests, which are stored then */
async function request(items: readonly IntakeItem[], perRequest: number, queues: Queues): Promise<string[]> {
  const docs = Array.from({ length: Math.ceil(items.length / perRequest) }, (_, n) =>
    intakeDoc(newId(), items.slice(n * perRequest, (n + 1) * perRequest), Date.now()),
  );
  await eachAtMost(concurrency, docs, (doc) => submitIntake(queues.intake, [doc]));
  return docs.map(({ _id }) => _id);
}
