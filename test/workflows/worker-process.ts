import { Client, Connection } from '@temporalio/client';
import { startWorker } from '../../activities/worker.ts';
import { loadClock } from '../../config/clock.ts';
import { loadConfig } from '../../config/config.ts';
import { createLogger } from '../../config/log.ts';
import { startDispatcher } from '../../delivery/dispatch/dispatcher.ts';
import { openQueues } from '../../delivery/queues.ts';
import { connectStore } from '../../store/connect.ts';

/** A worker and a dispatcher in a process of their own, which the test kills. Says `ready` when it runs. */
const config = loadConfig(process.env);
await connectStore(config.mongodbUri);
const queues = openQueues({ redisUrl: config.redis.url, prefix: config.redis.prefix });
const log = createLogger(config, 'victim');
const connection = await Connection.connect({ address: config.temporal.address });
const client = new Client({ connection });
const worker = await startWorker(config, { clock: loadClock(config), queues, log, httpAllowedHosts: [] });
await startDispatcher({ client, taskQueue: config.temporal.taskQueue, queues, log }, { sweepMs: 500 });
process.stdout.write('ready\n');
await worker.done;
