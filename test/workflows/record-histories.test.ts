import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../config/root.ts';
import { Contacts } from '../../store/models/contact.ts';
import { type CohortInput, type CohortView, cohortWorkflow, stateQuery } from '../../workflows/messages.ts';
import { eventually } from '../support/poll.ts';
import { event } from '../support/records.ts';
import { openStage, type Stage } from './harness.ts';

const head = { kind: 'process', name: 'Test', triggers: [{ on: 'api' }] };
const tell = (id: string) => ({ id, type: 'notify-user', to: { user: 'anna' }, text: id });

/** Not a test of its own: writes what replay.test.ts replays. Run it, with RECORD_HISTORIES=1, when a history shall be added. */
describe.runIf(process.env.RECORD_HISTORIES)('histories', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
    await mkdir(join(packageRoot, 'test/histories'), { recursive: true });
  });
  afterAll(() => stage.close());

  async function record(workflowId: string): Promise<void> {
    const history = await stage.temporal.client.workflow.getHandle(workflowId).fetchHistory();
    expect(history.events?.length).toBeGreaterThan(5);
    await writeFile(
      join(packageRoot, 'test/histories', `${workflowId}.json`),
      `${anonymous(historyToJSON(history))}\n`,
    );
  }

  it('journey', async () => {
    const definition = await stage.publish({
      ...head,
      key: 'journey',
      steps: [tell('first'), { id: 'pause', type: 'wait', for: 'P1D' }, tell('second')],
    });
    await stage.enter('journey', definition, [await stage.contact('a'), await stage.contact('b')]);
    await stage.finish('journey');
    await record('journey');
  });

  it('crowd', async () => {
    const definition = await stage.publish({
      ...head,
      key: 'crowd',
      steps: [tell('first'), { id: 'pause', type: 'wait', for: 'P1D' }, tell('second')],
    });
    // So many that what is remembered of them is packed.
    const crowd = await Promise.all(Array.from({ length: 30 }, (_, n) => stage.contact(`crowd-${n}`)));
    await stage.enter('crowd', definition, crowd);
    await stage.finish('crowd');
    await record('crowd');
  });

  it('controls and carried', async () => {
    const definition = await stage.publish({
      ...head,
      key: 'priced',
      steps: [
        { id: 'pause', type: 'wait', for: 'PT1H' },
        { id: 'look', type: 'branch', cases: [{ name: 'dear', when: 'contact.attributes.price > 100' }] },
        { id: 'listen', type: 'wait-for-event', event: 'test.ping', within: 'P3D' },
        tell('done'),
      ],
    });
    await stage.contact('good', { attributes: { price: 5 } });
    await stage.contact('gone', { attributes: { price: 5 } });
    await stage.contact('bad');
    await stage.enter('controls', definition, ['good', 'bad', 'gone']);
    const by = 'anna';
    await stage.deliver('controls', [{ instance: 'i-good', type: 'control', control: { do: 'pause', by }, seq: 1 }]);
    await stage.temporal.sleep('2 hours');
    await stage.deliver('controls', [
      { instance: 'i-good', type: 'control', control: { do: 'resume', by }, seq: 2 },
      { instance: 'i-gone', type: 'control', control: { do: 'cancel', by }, seq: 3 },
    ]);
    await eventually(async () => (await stage.instance('i-good')).at[0] === 'listen');
    await Contacts.updateOne({ _id: 'bad' }, { $set: { attributes: { price: 500 } } });
    const { workflow } = stage.temporal.client;
    const carried = await workflow.getHandle('controls').query<CohortView>(stateQuery);
    await stage.deliver('controls', [
      { instance: 'i-bad', type: 'control', control: { do: 'retry', by }, seq: 4 },
      { instance: 'i-good', type: 'event', event: event('test.ping', 2, await stage.temporal.currentTimeMs()) },
    ]);
    await stage.finish('controls');
    await record('controls');
    const input: CohortInput = { entrants: [], carried };
    await workflow.start(cohortWorkflow, {
      workflowId: 'carried',
      taskQueue: stage.environment.taskQueue,
      args: [input],
    });
    await stage.deliver('carried', [{ instance: 'i-bad', type: 'control', control: { do: 'cancel', by }, seq: 9 }]);
    await stage.finish('carried');
    await record('carried');
  });

  it('slow', async () => {
    let calls = 0;
    const server = createServer((_request, response) => {
      calls += 1;
      response.statusCode = calls < 3 ? 503 : 200;
      response.end('ok');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const definition = await stage.publish({
      ...head,
      key: 'slow',
      steps: [{ id: 'call', type: 'http-request', url: `http://127.0.0.1:${port}/`, into: 'answer' }, tell('done')],
    });
    await stage.enter('slow', definition, [await stage.contact('slow')]);
    await stage.finish('slow');
    await record('slow');
    server.close();
  });
});

/** Without the process and machine on which it was recorded. */
function anonymous(history: string): string {
  return history.replace(/("identity": )"[^"]*"/g, '$1"worker"').replace(/("binaryChecksum": )"[^"]*"/g, '$1""');
}
