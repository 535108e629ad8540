import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Activities, TurnInput } from '../../activities/contract.ts';
import type { EffectServices } from '../../activities/effects/effect.ts';
import { createActivities } from '../../activities/index.ts';
import { realClock } from '../../config/clock.ts';
import { createLogger } from '../../config/log.ts';
import { openQueues } from '../../delivery/queues.ts';
import type { DefinitionRef } from '../../engine/model/state.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { collectionOf } from '../../store/driver.ts';
import { timelineOf } from '../../store/journal.ts';
import { Contacts } from '../../store/models/contact.ts';
import { type DecisionDoc, Decisions } from '../../store/models/decision.ts';
import { Instances } from '../../store/models/instance.ts';
import { Journal } from '../../store/models/journal.ts';
import { Notifications } from '../../store/models/record.ts';
import { unpack } from '../../store/packed.ts';
import { noDocuments } from '../support/documents.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';
import { entrant, event, insertContact, insertInstances, publish, remembered } from '../support/records.ts';

const priced = {
  kind: 'process',
  key: 'priced',
  name: 'Priced',
  triggers: [{ on: 'api' }],
  steps: [
    {
      id: 'look',
      type: 'branch',
      cases: [{ name: 'dear', when: 'contact.attributes.price > 100' }],
      next: { dear: 'dear', else: 'cheap' },
    },
    { id: 'dear', type: 'notify-user', to: { user: 'anna' }, text: 'dear', next: 'listen' },
    { id: 'cheap', type: 'notify-user', to: { user: 'anna' }, text: 'cheap' },
    { id: 'listen', type: 'wait-for-event', event: 'test.ping', within: 'P1D' },
    { id: 'late', type: 'notify-user', to: { user: 'anna' }, text: 'late' },
  ],
};

describe('a turn', () => {
  let environment: TestEnvironment;
  let services: EffectServices;
  let definition: DefinitionRef;
  const now = Date.parse('2026-03-02T09:00:00Z');

  beforeAll(async () => {
    environment = await testEnvironment();
    await connectStore(environment.mongoUri);
    await ensureIndexes();
    const queues = openQueues({ redisUrl: environment.redisUrl, prefix: environment.redisPrefix });
    services = {
      clock: realClock,
      queues,
      log: createLogger(environment.config, 'test'),
      httpAllowedHosts: [],
      documents: noDocuments,
    };
    definition = await publish(priced);
  });
  afterAll(async () => {
    await services.queues.close();
    await closeStore();
    await environment.close();
  });

  /** A worker's activities: every call is another process as far as caches go. */
  const worker = (): Activities => createActivities(services);

  async function first(contact: string, price: number): Promise<TurnInput> {
    await insertContact(contact, { attributes: { price } });
    const entrants = [entrant(contact, definition, now)];
    await insertInstances(entrants, `wf-${contact}`);
    return { key: `wf-${contact}/0`, now, entrants, states: [], arrivals: [], settle: [] };
  }
  const texts = async (contactId: string) => (await Notifications.find({ contactId }).lean()).map(({ text }) => text);

  it('keeps to what an earlier run decided, though the data would say otherwise by now', async () => {
    const input = await first('c1', 5);
    await worker().turn(input);
    await Contacts.updateOne({ _id: 'c1' }, { $set: { attributes: { price: 500 } } });
    const again = await worker().turn(input);
    expect(await texts('c1')).toEqual(['cheap']);
    expect(remembered(again)[0]).toMatchObject({ tokens: [{ step: 'listen', phase: 'waiting' }] });
    const steps = (await timelineOf('i-c1')).filter(({ kind }) => kind === 'entered').map(({ step }) => step);
    expect(steps).toEqual(['look', 'cheap', 'listen']);
  });

  it('applies what came since, after what the earlier run decided', async () => {
    const input = await first('c2', 5);
    await worker().turn(input);
    await Contacts.updateOne({ _id: 'c2' }, { $set: { attributes: { price: 500 } } });
    const ping = { instance: 'i-c2', type: 'event' as const, event: event('test.ping', 2, now + 1_000) };
    const again = await worker().turn({ ...input, now: now + 5_000, arrivals: [ping, ping] });
    expect(again.ended).toEqual(['i-c2']);
    expect((await texts('c2')).sort()).toEqual(['cheap', 'late']);
    expect(await Instances.findById('i-c2').lean()).toMatchObject({ status: 'ended', outcome: 'completed' });
  });

  it('performs once when two run it at the same time, and both answer the same', async () => {
    const input = await first('c3', 500);
    const results = await Promise.all([worker().turn(input), worker().turn(input), worker().turn(input)]);
    expect(await texts('c3')).toEqual(['dear']);
    expect(new Set(results.map(({ hosted }) => JSON.stringify(hosted))).size).toBe(1);
  });

  it('lets go of decisions that are in the history, those of a lone instance four at a time', async () => {
    const input = await first('c4', 500);
    const { settle, hosted } = await worker().turn(input);
    const states = hosted.map(({ state }) => state);
    const kept = () => Decisions.countDocuments({ _id: /^wf-c4\// });
    expect(settle).toEqual(['wf-c4/0/0']);
    const idle = { now: now + 1_000, entrants: [], states, arrivals: [] };
    const second = await worker().turn({ ...idle, key: 'wf-c4/1', settle });
    expect(second.settle).toEqual(settle);
    expect(await kept()).toBe(1);
    const many = ['wf-c4/0/0', 'wf-c4/a/0', 'wf-c4/b/0', 'wf-c4/c/0'];
    const last = await worker().turn({ ...idle, key: 'wf-c4/2', now: now + 100 * 86_400_000, settle: many });
    expect(last.settle).toEqual(['wf-c4/2/0']);
    expect(await kept()).toBe(1);
  });

  it('tells the timeline of a decision that a killed run has left', async () => {
    const input = await first('c6', 5);
    await worker().turn(input);
    const told = await timelineOf('i-c6');
    await Journal.deleteOne({ _id: 'wf-c6/0' });
    await Contacts.updateOne({ _id: 'c6' }, { $set: { attributes: { price: 500 } } });
    await worker().turn(input);
    expect(await timelineOf('i-c6')).toEqual(told);
  });

  it('holds to a decision that an earlier version has left as text', async () => {
    const input = await first('c8', 5);
    await worker().turn(input);
    const told = await timelineOf('i-c8');
    const decisions = collectionOf<DecisionDoc>(Decisions);
    const left = await decisions.findOne({ _id: 'wf-c8/0/0' });
    if (left === null || typeof left.decision === 'string') throw new Error('no packed decision');
    await decisions.updateOne({ _id: left._id }, { $set: { decision: JSON.stringify(unpack(left.decision)) } });
    await Journal.deleteOne({ _id: 'wf-c8/0' });
    await Contacts.updateOne({ _id: 'c8' }, { $set: { attributes: { price: 500 } } });
    await worker().turn(input);
    expect(await timelineOf('i-c8')).toEqual(told);
  });

  it('reads a contact from the first decision on that looks at one, in every turn of the definition', async () => {
    const quiet = await publish({
      ...priced,
      key: 'quiet',
      steps: [
        { id: 'hello', type: 'notify-user', to: { user: 'anna' }, text: 'hello' },
        { id: 'listen', type: 'wait-for-event', event: 'test.ping', within: 'PT4H' },
        { id: 'greet', type: 'notify-user', to: { user: 'anna' }, text: '{{contact.firstName}}' },
      ],
    });
    const one = worker();
    const entrants = ['c7', 'gone'].map((contact) => entrant(contact, quiet, now));
    await insertContact('c7', { firstName: 'Vera' });
    await insertInstances(entrants, 'wf-c7');
    const begun = await one.turn({ key: 'wf-c7/0', now, entrants, states: [], arrivals: [], settle: [] });
    const states = begun.hosted.map(({ state }) => state);
    expect(remembered(begun)).toMatchObject([{ tokens: [{ step: 'listen' }] }, { tokens: [{ step: 'listen' }] }]);

    const pings = begun.hosted.map(({ id }) => {
      return { instance: id, type: 'event' as const, event: event('test.ping', 2, now + 1_000) };
    });
    const turn = { now: now + 2_000, entrants: [], states, arrivals: pings, settle: [] };
    const told = await one.turn({ ...turn, key: 'wf-c7/1' });
    expect(await texts('c7')).toEqual(['hello', 'Vera']);
    expect(told.ended).toEqual(['i-c7']);
    expect(remembered(told)).toMatchObject([{ tokens: [{ incident: { code: 'CONTACT_NOT_FOUND' } }] }]);
  });

  it('turns an effect that cannot be performed into an incident of its instance alone', async () => {
    const process = await publish({
      ...priced,
      key: 'broken',
      steps: [
        { id: 'assign', type: 'create-task', title: 'x', assignee: { user: 'anna' }, due: 'PT1H', calendar: 'none' },
      ],
    });
    await insertContact('c5');
    const entrants = [entrant('c5', process, now), entrant('nobody', definition, now)];
    await insertInstances(entrants, 'wf-c5');
    const result = await worker().turn({ key: 'wf-c5/0', now, entrants, states: [], arrivals: [], settle: [] });
    const stuck = remembered(result).find(({ id }) => id === 'i-nobody');
    expect(stuck).toMatchObject({ tokens: [{ incident: { code: 'CONTACT_NOT_FOUND' } }] });
    expect(await Instances.findById('i-nobody').lean()).toMatchObject({ incidents: [{ code: 'CONTACT_NOT_FOUND' }] });
  });
});
