import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Tasks } from '../../store/models/task.ts';
import { openStage, type Stage } from './harness.ts';

const journey = {
  kind: 'process',
  key: 'journey',
  name: 'Journey',
  triggers: [{ on: 'api' }],
  steps: [
    { id: 'first', type: 'create-task', title: 'First', assignee: { user: 'anna' } },
    { id: 'pause', type: 'wait', for: 'P1D' },
    { id: 'second', type: 'create-task', title: 'Second', assignee: { user: 'anna' } },
    { id: 'rest', type: 'wait', for: 'P30D' },
    { id: 'third', type: 'create-task', title: 'Third', assignee: { user: 'anna' } },
  ],
};

describe('a cohort', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  it('carries a journey of effects and timers to its end', async () => {
    const definition = await stage.publish(journey);
    await stage.contact('c1');
    await stage.enter('single', definition, ['c1']);
    await stage.finish('single');
    const instance = await stage.instance('i-c1');
    expect(instance).toMatchObject({ status: 'ended', outcome: 'completed', at: [] });
    const tasks = await Tasks.find({ contactId: 'c1' }).sort({ createdAt: 1 }).lean();
    expect(tasks.map(({ title }) => title)).toEqual(['First', 'Second', 'Third']);
    const timeline = await stage.timeline('i-c1');
    expect(timeline.map(({ n }) => n)).toEqual(timeline.map((_, index) => index + 1));
    const history = await stage.temporal.client.workflow.getHandle('single').fetchHistory();
    console.log(
      timeline,
      history.events?.map((e) => e.eventType),
    );
    expect(history.events?.length).toBeLessThanOrEqual(33);
  });
});
