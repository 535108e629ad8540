import { createServer } from 'node:http';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { loadClock } from '../config/clock.ts';
import { loadConfig } from '../config/config.ts';
import { createLogger } from '../config/log.ts';
import { packageRoot } from '../config/root.ts';
import { loadDocumentTemplates } from '../delivery/documents/load.ts';
import { DocumentMaker } from '../delivery/documents/maker.ts';
import { RenderPool } from '../delivery/documents/pool.ts';
import { LiveLibrary } from '../delivery/library.ts';
import { openQueues } from '../delivery/queues.ts';
import { loadTemplates } from '../delivery/templates/load.ts';
import { createLinks } from '../delivery/tracking/links.ts';
import { VoronkaError } from '../engine/errors/error.ts';
import { templateCatalogue } from '../engine/validate/templates.ts';
import { closeStore, connectStore, ensureIndexes } from '../store/connect.ts';
import { createApi } from './app.ts';
import { approvalRoutes } from './public/approval.ts';
import { surveyRoutes } from './public/survey.ts';
import { trackingRoutes } from './public/tracking.ts';
import { unsubscribeRoutes } from './public/unsubscribe.ts';

/** The API process. Any number of them may run side by side; it ends on SIGTERM, after the requests under way. */
const config = loadConfig(process.env);
const log = createLogger(config, 'api');
const clock = loadClock(config);
await connectStore(config.mongodbUri);
await ensureIndexes();
const queues = openQueues({ redisUrl: config.redis.url, prefix: config.redis.prefix });
const links = createLinks(config.secret, config.http.publicUrl);

const templates = join(packageRoot, 'templates');
const library = new LiveLibrary(templateCatalogue(loadTemplates(templates)), log);
const documents = new DocumentMaker(await loadDocumentTemplates(templates), new RenderPool());

const app = createApi({
  apiKeys: config.apiKeys,
  clock,
  queues,
  library,
  documents,
  log,
  publicUrl: config.http.publicUrl,
  webhooks: config.webhooks,
  studioFolder: join(packageRoot, 'studio', 'dist'),
  publicRouters: [
    trackingRoutes({ clock, queues, links, log }),
    unsubscribeRoutes({ clock, queues, links }),
    surveyRoutes({ clock, queues, links, library }),
    approvalRoutes({ clock, queues, links, library, log }),
  ],
  ready: async () => {
    if (mongoose.connection.readyState !== mongoose.ConnectionStates.connected) {
      throw new VoronkaError('STORE_UNAVAILABLE', 'the connection to MongoDB is down');
    }
  },
});

const server = createServer(app).listen(config.http.port, () =>
  log.info({ port: config.http.port }, 'the API listens'),
);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close(async () => {
      await queues.close();
      await closeStore();
      process.exit(0);
    });
    server.closeIdleConnections();
    // Streams of open pages never end by themselves; the pages come back to the next process.
    setTimeout(() => server.closeAllConnections(), 5_000).unref();
  });
}
