import { pino } from 'pino';
import { realClock } from '../../../config/clock.ts';
import { startInbound } from '../../../delivery/inbound/server.ts';
import { openQueues } from '../../../delivery/queues.ts';
import { defaultPolicy } from '../../../engine/library.ts';
import { connectStore } from '../../../store/connect.ts';

/** A listener for support mail in a process of its own, for tests that kill it. Runs until it is killed. */
const { MONGODB_URI = '', REDIS_URL = '', VORONKA_REDIS_PREFIX = '', INBOUND_SMTP_PORT } = process.env;
await connectStore(MONGODB_URI);
await startInbound(
  { port: Number(INBOUND_SMTP_PORT), host: '127.0.0.1', maxBytes: 25 * 1024 * 1024 },
  {
    clock: realClock,
    log: pino({ level: 'silent' }),
    queues: openQueues({ redisUrl: REDIS_URL, prefix: VORONKA_REDIS_PREFIX }),
    policy: async () => defaultPolicy,
  },
);
process.stdout.write('ready\n');
