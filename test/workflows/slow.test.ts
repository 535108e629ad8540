import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Instances } from '../../store/models/instance.ts';
import { openStage, type Stage } from './harness.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

it('a crowd that asks another service is served whole, and not with more requests at once than Temporal bears', async () => {
  let calls = 0;
  const server = createServer((_request, response) => {
    calls += 1;
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const definition = await stage.publish({
    kind: 'process',
    key: 'asking',
    name: 'Asking',
    triggers: [{ on: 'api' }],
    steps: [{ id: 'call', type: 'http-request', url: `http://127.0.0.1:${port}/`, into: 'answer' }],
  });
  const crowd = await Promise.all(Array.from({ length: 520 }, (_, n) => stage.contact(`asking-${n}`)));
  await stage.enter('asking', definition, crowd);
  await stage.finish('asking');
  server.close();
  expect(calls).toBe(520);
  expect(await Instances.countDocuments({ process: 'asking', outcome: 'completed' })).toBe(520);
  expect(mostAtOnce(await stage.temporal.client.workflow.getHandle('asking').fetchHistory())).toBe(500);
}, 240_000);

type History = Awaited<ReturnType<ReturnType<Stage['temporal']['client']['workflow']['getHandle']>['fetchHistory']>>;

/** Activities that were scheduled and had not ended. */
function mostAtOnce({ events }: History): number {
  let [now, most] = [0, 0];
  for (const event of events ?? []) {
    if (event.activityTaskScheduledEventAttributes) now += 1;
    if (event.activityTaskCompletedEventAttributes) now -= 1;
    most = Math.max(most, now);
  }
  return most;
}
