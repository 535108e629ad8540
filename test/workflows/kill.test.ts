import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { timelineOf } from '../../store/journal.ts';
import { Instances } from '../../store/models/instance.ts';
import { Tasks } from '../../store/models/task.ts';
import { type Running, runBuilt } from '../e2e/processes.ts';
import { eventually } from '../support/poll.ts';
import { entrant, insertContact, insertInstances, publish, uniquely } from '../support/records.ts';
import { type Live, openLive } from './live.ts';

const journey = {
  kind: 'process',
  key: 'journey',
  name: 'Journey',
  triggers: [{ on: 'api' }],
  steps: ['first', 'second', 'third'].flatMap((id) => [
    { id, type: 'create-task', title: id, assignee: { user: 'anna' } },
    { id: `after-${id}`, type: 'wait', for: 'PT2S' },
  ]),
};
const contacts = Array.from({ length: 60 }, (_, n) => uniquely(`c-${n}`));

describe('a worker that is killed', () => {
  let live: Live;
  let victim: Running | undefined;

  beforeAll(async () => {
    live = await openLive();
  });
  afterAll(async () => {
    await victim?.kill();
    await live.close();
  });

  async function startVictim(): Promise<Running> {
    const worker = runBuilt('worker.js', { ...live.environment.env, LOG_LEVEL: 'info' });
    await eventually(() => worker.output().includes('the worker is at work'), { within: 60_000 });
    return worker;
  }

  it('leaves every journey to end as without the kill, every effect done once', async () => {
    const definition = await publish(journey);
    for (const contact of contacts) await insertContact(contact);
    const entrants = contacts.map((contact) => entrant(contact, definition, Date.now()));
    // Several small cohorts, let in one after the other, so that kills meet them at different places.
    for (const [index, delay] of [150, 1_900, 3_100].entries()) {
      await insertInstances(entrants.slice(index * 20, (index + 1) * 20));
      victim = await startVictim();
      await pause(delay);
      await victim.kill();
    }
    victim = await startVictim();
    await eventually(async () => (await Instances.countDocuments({ status: 'ended' })) === contacts.length, {
      within: 90_000,
    });
    expect(await Tasks.countDocuments({})).toBe(3 * contacts.length);
    const stories = await Promise.all(entrants.map(async ({ id }) => await timelineOf(id)));
    for (const story of stories) {
      expect(story.map(({ kind, step }) => [kind, step])).toEqual(stories[0]?.map(({ kind, step }) => [kind, step]));
      expect(story.map(({ n }) => n)).toEqual(story.map((_, index) => index + 1));
    }
    expect(stories[0]?.filter(({ kind }) => kind === 'performed')).toHaveLength(3);
  });
});
