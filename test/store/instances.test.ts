import { afterAll, beforeAll, expect, it } from 'vitest';
import type { InstanceState } from '../../engine/model/state.ts';
import { startInstance } from '../../engine/process/start.ts';
import { processSchema } from '../../engine/schema/index.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { contactViews } from '../../store/contacts.ts';
import { projectInstances } from '../../store/instances.ts';
import { Instances } from '../../store/models/instance.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';
import { entrant, insertContact, insertInstances } from '../support/records.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const second = 1_000;
const definition = { key: 'journey', version: 1, hash: 'hash' };
const process = processSchema.parse({
  kind: 'process',
  key: 'journey',
  name: 'Journey',
  triggers: [{ on: 'api' }],
  steps: [{ id: 'pause', type: 'wait', for: 'PT1S' }],
});
let environment: TestEnvironment;

beforeAll(async () => {
  environment = await testEnvironment();
  await connectStore(environment.mongoUri);
  await ensureIndexes();
});
afterAll(async () => {
  await closeStore();
  await environment.close();
});

/** An instance that stands at a step until a deadline. */
function standing(contact: string, step: string, deadline: number | null): InstanceState {
  const { id, subject, trigger } = entrant(contact, definition, noon);
  const begun = startInstance({ id, definition, subject, trigger, process, now: noon, seed: 1 });
  const token = { id: 1, step, visit: 1, phase: 'waiting' as const, data: {}, deadline, since: noon };
  return { ...begun, tokens: [token] };
}

async function shown(contact: string): Promise<{ at: string[]; status: string }> {
  const doc = await Instances.findById(`i-${contact}`).orFail().lean();
  return { at: doc.at, status: doc.status };
}

it('shows where an instance stands, but for places that are left again within five seconds', async () => {
  await insertInstances([entrant('anna', definition, noon)]);
  const glimpse = standing('anna', 'glimpse', noon + second);
  await projectInstances([{ before: null, after: glimpse }], noon);
  expect(await shown('anna')).toEqual({ at: [], status: 'starting' });

  const first = standing('anna', 'first', noon + 6 * second);
  await projectInstances([{ before: glimpse, after: first }], noon + second);
  expect(await shown('anna')).toEqual({ at: ['first'], status: 'running' });

  const next = standing('anna', 'second', noon + 4 * second);
  await projectInstances([{ before: first, after: next }], noon + 2 * second);
  expect(await shown('anna')).toEqual({ at: ['first'], status: 'running' });

  const stuck = standing('anna', 'stuck', noon + 7 * second);
  const [token] = stuck.tokens;
  const incident = { code: 'STEP_FAILED', message: 'it failed', at: noon };
  const failed = { ...stuck, tokens: token ? [token, { ...token, id: 2, deadline: null, incident }] : [] };
  await projectInstances([{ before: next, after: failed }], noon + 6 * second);
  expect(await shown('anna')).toEqual({ at: ['stuck'], status: 'running' });

  const mended = standing('anna', 'mended', noon + 8 * second);
  await projectInstances([{ before: failed, after: mended }], noon + 7 * second);
  expect(await shown('anna')).toEqual({ at: ['mended'], status: 'running' });

  const over: InstanceState = { ...mended, status: 'ended', outcome: 'completed', tokens: [] };
  await projectInstances([{ before: mended, after: over }], noon + 8 * second);
  expect(await shown('anna')).toEqual({ at: [], status: 'ended' });
});

it('shows once a minute where an instance stands that never stands long', async () => {
  await insertInstances([entrant('hurry', definition, noon)]);
  const shownAt: number[] = [];
  let before: InstanceState | null = null;
  for (let now = noon; now < noon + 180 * second; now += 3 * second) {
    const after = standing('hurry', `step-${now}`, now + 3 * second);
    await projectInstances([{ before, after }], now);
    if ((await shown('hurry')).at[0] === `step-${now}`) shownAt.push(now);
    before = after;
  }
  expect(shownAt).toEqual([57, 117, 177].map((seconds) => noon + seconds * second));
});

it('finds and changes every one of a crowd', async () => {
  const crowd = Array.from({ length: 130 }, (_, n) => `crowd-${n}`);
  await Promise.all(crowd.map((contact) => insertContact(contact)));
  await insertInstances(crowd.map((contact) => entrant(contact, definition, noon)));
  expect([...(await contactViews(crowd)).keys()].sort()).toEqual([...crowd].sort());
  const changes = crowd.map((contact) => ({ before: null, after: standing(contact, 'pause', null) }));
  await projectInstances(changes, noon);
  const ids = crowd.map((contact) => `i-${contact}`);
  expect(await Instances.countDocuments({ _id: { $in: ids }, at: 'pause', status: 'running' })).toBe(130);
});
