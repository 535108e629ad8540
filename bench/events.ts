import { Pool } from 'undici';
import { eachAtMost } from '../delivery/dispatch/concurrency.ts';
import { freePort } from '../scripts/servers/ports.ts';
import { itemsOf } from '../store/intake.ts';
import { Intake } from '../store/models/intake.ts';
import type { Benchmark } from './frame/benchmark.ts';
import { startService } from './frame/processes.ts';
import { type Comparison, type Contestant, compare, perSecond } from './frame/rounds.ts';
import { openStage } from './frame/stage.ts';

/** Requests under way at the same time. */
const concurrency = 64;
const people = 1_000;

/** Events that the API accepts (answered when they are in the store), against a route that only parses the same JSON. */
export const events: Benchmark = {
  name: 'events',
  title: 'Events accepted by POST /api/events, against an Express route that only parses them',
  pure: false,
  async run(setting) {
    const [apiPort, routePort] = [await freePort(0), await freePort(0)];
    const stage = await openStage(setting.servers, { PORT: `${apiPort}` });
    const api = await startService('api/main.js', { ...stage.env, PORT: `${apiPort}` }, stage);
    const route = await startService('bench/baseline/express.js', { PORT: `${routePort}` }, stage);
    const [key = ''] = stage.config.apiKeys;
    const measure = async (perPost: number, posts: number): Promise<Comparison> => {
      const name = perPost === 1 ? 'one at a time' : `in batches of ${perPost}`;
      const contestant = (who: string, port: number): Contestant => {
        const run = (count: number) => post(`http://127.0.0.1:${port}`, key, bodies(perPost, count), perPost);
        return { name: `${who}, ${name}`, warmUp: () => run(posts / 10), measure: () => run(posts) };
      };
      const ours = contestant('Voronka', apiPort);
      const theirs = contestant('Parsing alone', routePort);
      return await compare({ ours, theirs }, 'events/s', setting);
    };
    try {
      const counts = setting.quick
        ? { single: 200, batches: 10, perPost: 20 }
        : { single: 10_000, batches: 500, perPost: 200 };
      const one = await measure(1, counts.single);
      const many = await measure(counts.perPost, counts.batches);
      let stored = 0;
      for await (const doc of Intake.find().lean()) stored += itemsOf(doc).length;
      const perRound = counts.single + counts.batches * counts.perPost;
      const expected = setting.rounds * perRound + perRound / 10;
      if (stored !== expected) throw new Error(`${stored} of ${expected} events are in the store`);
      return {
        figures: [one.ours, one.theirs, many.ours, many.theirs],
        aims: [
          { name: 'One at a time, of parsing alone,', unit: '×', value: one.ratio, atLeast: 0.3 },
          { name: 'In batches, of parsing alone,', unit: '×', value: many.ratio, atLeast: 0.3 },
        ],
        conditions: {
          'Requests under way at once': concurrency,
          'Requests per round': `${counts.single} of one event, ${counts.batches} of ${counts.perPost}`,
          Processes: 'API, route and load generator are one process each; no worker runs',
        },
      };
    } finally {
      await Promise.all([api.stop(), route.stop()]);
      await stage.close();
    }
  },
};

/** Posts each body, so many at a time. @returns events a second @throws when one is refused */
async function post(origin: string, key: string, bodies: readonly string[], perPost: number): Promise<number> {
  const pool = new Pool(origin, { connections: concurrency });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const rate = await perSecond(bodies.length * perPost, async () => {
    await eachAtMost(concurrency, bodies, async (body) => {
      const response = await pool.request({ path: '/api/events', method: 'POST', headers, body });
      const answer = await response.body.text();
      if (response.statusCode !== 202) throw new Error(`answered ${response.statusCode}: ${answer}`);
    });
  });
  await pool.close();
  return rate;
}

function bodies(perPost: number, posts: number): string[] {
  return Array.from({ length: posts }, (_, index) => {
    const all = Array.from({ length: perPost }, (_, one) => viewed(index * perPost + one));
    return JSON.stringify(perPost === 1 ? all[0] : { events: all });
  });
}

function viewed(n: number) {
  return {
    email: `person-${n % people}@example.com`,
    event: 'page.viewed',
    data: { url: `https://example.com/catalogue/${n % 97}?from=newsletter`, title: 'Catalogue', seconds: n % 60 },
  };
}
