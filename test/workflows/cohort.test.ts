import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Control } from '../../engine/model/event.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Notifications } from '../../store/models/record.ts';
import { eventually } from '../support/poll.ts';
import { event } from '../support/records.ts';
import { openStage, type Stage } from './harness.ts';

const head = { kind: 'process', name: 'Test', triggers: [{ on: 'api' }] };
const tell = (id: string) => ({ id, type: 'notify-user', to: { user: 'anna' }, text: id });

const journey = {
  ...head,
  key: 'journey',
  steps: [
    tell('first'),
    { id: 'pause', type: 'wait', for: 'P1D' },
    tell('second'),
    { id: 'rest', type: 'wait', for: 'P30D' },
    tell('third'),
  ],
};

/** Stands at an incident while the contact has no price. */
const priced = {
  ...head,
  key: 'priced',
  steps: [
    { id: 'pause', type: 'wait', for: 'PT1H' },
    { id: 'look', type: 'branch', cases: [{ name: 'dear', when: 'contact.attributes.price > 100' }] },
    { id: 'rest', type: 'wait', for: 'P1D' },
    tell('done'),
  ],
};

describe('a cohort', () => {
  let stage: Stage;
  let controls = 0;
  const control = (workflowId: string, contact: string, order: Control) => {
    controls += 1;
    return stage.deliver(workflowId, [{ instance: `i-${contact}`, type: 'control', control: order, seq: controls }]);
  };
  const kinds = async (contact: string) => (await stage.timeline(`i-${contact}`)).map(({ kind }) => kind);

  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  it('carries a journey of effects and timers to its end, with fewer events than activities one by one', async () => {
    const definition = await stage.publish(journey);
    await stage.contact('c1');
    await stage.enter('single', definition, ['c1']);
    await stage.finish('single');
    expect(await stage.instance('i-c1')).toMatchObject({ status: 'ended', outcome: 'completed', at: [] });
    const lines = await Notifications.find({ contactId: 'c1' }).sort({ at: 1 }).lean();
    expect(lines.map(({ text }) => text)).toEqual(['first', 'second', 'third']);
    const timeline = await stage.timeline('i-c1');
    expect(timeline.map(({ n }) => n)).toEqual(timeline.map((_, index) => index + 1));
    const { events } = await stage.temporal.client.workflow.getHandle('single').fetchHistory();
    // By hand: start, end, three activities of three events, two timers of two, six workflow tasks of three.
    expect(events?.length).toBeLessThan(33);
  });

  it('moves two hundred together, with a history no longer than that of one', async () => {
    const definition = await stage.publish(journey);
    const contacts = await Promise.all(Array.from({ length: 200 }, (_, n) => stage.contact(`many-${n}`)));
    await stage.enter('many', definition, contacts);
    await stage.finish('many');
    expect(await Notifications.countDocuments({ contactId: { $in: contacts } })).toBe(600);
    const { events } = await stage.temporal.client.workflow.getHandle('many').fetchHistory();
    expect(events?.length).toBeLessThan(33);
  });

  it('lets the others go on while one stands at an incident, and that one after a retry', async () => {
    const definition = await stage.publish(priced);
    await stage.contact('good', { attributes: { price: 5 } });
    await stage.contact('bad');
    await stage.enter('incident', definition, ['good', 'bad']);
    await stage.temporal.sleep('3 days');
    await eventually(async () => (await stage.instance('i-good')).status === 'ended');
    const stuck = await stage.instance('i-bad');
    expect(stuck).toMatchObject({ status: 'running', at: ['look'] });
    expect(stuck.incidents).toHaveLength(1);
    await Contacts.updateOne({ _id: 'bad' }, { $set: { attributes: { price: 500 } } });
    await control('incident', 'bad', { do: 'retry', by: 'anna' });
    await stage.finish('incident');
    expect(await stage.instance('i-bad')).toMatchObject({ status: 'ended', outcome: 'completed', incidents: [] });
    expect(await kinds('bad')).toContain('retried');
  });

  it('skips a step with an incident', async () => {
    const definition = await stage.publish(priced);
    await stage.contact('skipped');
    await stage.enter('skip', definition, ['skipped']);
    await stage.temporal.sleep('2 hours');
    await eventually(async () => (await stage.instance('i-skipped')).incidents.length === 1);
    await control('skip', 'skipped', { do: 'skip', by: 'anna', exit: 'else' });
    await stage.finish('skip');
    expect(await stage.instance('i-skipped')).toMatchObject({ status: 'ended', outcome: 'completed' });
  });

  it('pauses, resumes and cancels one instance without touching the others', async () => {
    const definition = await stage.publish(journey);
    for (const contact of ['paused', 'cancelled', 'free']) await stage.contact(contact);
    await stage.enter('controls', definition, ['paused', 'cancelled', 'free']);
    await control('controls', 'paused', { do: 'pause', by: 'anna' });
    await control('controls', 'cancelled', { do: 'cancel', by: 'anna', reason: 'a mistake' });
    await stage.temporal.sleep('60 days');
    await eventually(async () => (await stage.instance('i-free')).status === 'ended');
    expect(await stage.instance('i-paused')).toMatchObject({ status: 'paused', at: ['pause'] });
    expect(await stage.instance('i-cancelled')).toMatchObject({ status: 'ended', outcome: 'cancelled' });
    await control('controls', 'paused', { do: 'resume', by: 'anna' });
    await stage.finish('controls');
    expect(await stage.instance('i-paused')).toMatchObject({ status: 'ended', outcome: 'completed' });
    expect(await Notifications.countDocuments({ contactId: 'cancelled' })).toBe(1);
    expect(await Notifications.countDocuments({ contactId: 'paused' })).toBe(3);
  });

  it('takes a message once however often it comes', async () => {
    const definition = await stage.publish({
      ...head,
      key: 'listener',
      steps: [
        { id: 'one', type: 'wait-for-event', event: 'test.ping', within: 'P1D' },
        { id: 'two', type: 'wait-for-event', event: 'test.ping', within: 'P1D' },
      ],
    });
    await stage.contact('twice');
    await stage.enter('twice', definition, ['twice']);
    const ping = event('test.ping', 2, await stage.temporal.currentTimeMs());
    for (let time = 0; time < 3; time += 1) {
      await stage.deliver('twice', [
        { instance: 'i-twice', type: 'event', event: ping },
        { instance: 'i-twice', type: 'event', event: ping },
      ]);
    }
    await stage.finish('twice');
    const left = (await stage.timeline('i-twice')).filter(({ detail }) => detail?.exit !== undefined);
    expect(left.map(({ step, detail }) => [step, detail?.exit])).toEqual([
      ['one', 'received'],
      ['two', 'timeout'],
    ]);
  });

  it('goes on as new under a storm of signals and loses none', async () => {
    const pings = 200;
    const definition = await stage.publish({
      ...head,
      key: 'storm',
      steps: [
        {
          id: 'both',
          type: 'parallel',
          branches: {
            clock: [{ id: 'ticks', type: 'repeat', max: 550, steps: [{ id: 'tick', type: 'wait', for: 'PT1S' }] }],
            pings: [
              {
                id: 'listen',
                type: 'repeat',
                max: pings,
                steps: [{ id: 'ping', type: 'wait-for-event', event: 'test.ping', since: 'entry' }],
              },
            ],
          },
        },
      ],
    });
    await stage.contact('storm');
    await stage.enter('storm', definition, ['storm']);
    const first = await stage.temporal.client.workflow.getHandle('storm').describe();
    const now = await stage.temporal.currentTimeMs();
    const finished = stage.finish('storm');
    for (let seq = 2; seq < pings + 2; seq += 1) {
      await stage.deliver('storm', [{ instance: 'i-storm', type: 'event', event: event('test.ping', seq, now) }]);
    }
    await finished;
    const last = await stage.temporal.client.workflow.getHandle('storm').describe();
    expect(last.runId).not.toBe(first.runId);
    const taken = (await stage.timeline('i-storm')).filter(
      ({ step, detail }) => step === 'ping' && detail?.exit === 'received',
    );
    expect(taken).toHaveLength(pings);
  }, 240_000);
});
