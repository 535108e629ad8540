import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import { VoronkaError } from '../engine/errors/error.ts';
import { newId } from '../store/id.ts';
import { Acceptance } from './acceptance.ts';
import { requireApiKey } from './auth.ts';
import type { ApiDeps, ApiSettings } from './deps.ts';
import { docsPage } from './docs.ts';
import { Forecasts } from './forecast/forecasts.ts';
import { Knowledge } from './knowledge.ts';
import { LiveFeed } from './live.ts';
import { describeApi } from './openapi.ts';
import { problemHandler } from './problem.ts';
import type { Route } from './route.ts';
import { routes } from './routes/index.ts';

/** Largest body: a thousand events of a few kilobytes each. */
const bodyLimit = '5mb';

/** The HTTP side of Voronka: the REST API, its description, the public pages, the studio. */
export function createApi(settings: ApiSettings): Express {
  const { clock, log, queues } = settings;
  const deps: ApiDeps = {
    ...settings,
    acceptance: new Acceptance(queues),
    knowledge: new Knowledge(),
    forecasts: new Forecasts(
      () => clock.now(),
      (err) => log.warn({ err }, 'a forecast goes by what was learned before'),
      settings.forecastScript,
    ),
    live: new LiveFeed(clock, (err) => log.warn({ err }, 'open pages are not told of changes')),
  };
  const app = express();
  app.disable('x-powered-by');
  // One proxy in front, as docker-compose and every host have it: its word on the address counts for the rate limit.
  app.set('trust proxy', 'loopback, linklocal, uniquelocal');
  app.use(requestId, helmetFor(settings.publicUrl));
  app.get('/healthz', (_, response) => void response.json({ status: 'ok' }));
  app.get('/readyz', async (_, response) => {
    await settings.ready?.();
    response.json({ status: 'ready' });
  });
  app.use('/api', apiRouter(deps));
  for (const router of settings.publicRouters ?? []) app.use(router);
  if (settings.studioFolder !== undefined) serveStudio(app, settings.studioFolder);
  app.use((request) => {
    throw new VoronkaError('NOT_FOUND', `there is nothing at ${request.path}`);
  });
  app.use(problemHandler(settings.log));
  return app;
}

function apiRouter(deps: ApiDeps): Router {
  const router = express.Router();
  const description = describeApi(routes);
  router.get('/openapi.json', (_, response) => void response.json(description));
  router.get('/docs', (_, response) => void response.type('html').send(docsPage(description)));
  const guard = requireApiKey(deps.apiKeys);
  const json = express.json({ limit: bodyLimit, strict: false });
  for (const one of routes) {
    const before: RequestHandler[] = one.open ? [anyOrigin] : [guard];
    if (one.body !== undefined) before.push(json, jsonOnly);
    router[one.method](pathOf(one), ...before, one.serve(deps));
  }
  for (const [path, methods] of methodsByPath()) {
    if (methods.open) router.options(path, anyOrigin, (_, response) => void response.status(204).end());
    router.all(path, (request, response) => {
      response.set('Allow', methods.allowed.join(', '));
      throw new VoronkaError('METHOD_NOT_ALLOWED', `${request.method} is not possible here`);
    });
  }
  router.use(guard);
  return router;
}

function pathOf({ path }: Route): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function methodsByPath(): Map<string, { allowed: string[]; open: boolean }> {
  const paths = new Map<string, { allowed: string[]; open: boolean }>();
  for (const one of routes) {
    const known = paths.get(pathOf(one)) ?? { allowed: [], open: false };
    known.allowed.push(one.method.toUpperCase());
    known.open ||= one.open === true;
    paths.set(pathOf(one), known);
  }
  return paths;
}

const requestId: RequestHandler = (_, response, next) => {
  const id = newId();
  response.locals.requestId = id;
  response.set('X-Request-Id', id);
  next();
};

/** After the parser, which leaves what is no JSON alone. */
const jsonOnly: RequestHandler = (request, _, next) => {
  if (request.body === undefined && request.is('json') === false && request.get('content-length') !== '0') {
    throw new VoronkaError('UNSUPPORTED_MEDIA_TYPE', 'send the body as Content-Type: application/json');
  }
  next();
};

/** Forms are filled in on other people's websites; no cookie and no key goes with them. */
const anyOrigin: RequestHandler = (_, response, next) => {
  response.set({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, POST',
    'Access-Control-Allow-Headers': 'Content-Type, Idempotency-Key',
    'Access-Control-Max-Age': '86400',
  });
  next();
};

function helmetFor(publicUrl: string): RequestHandler {
  const secure = publicUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      directives: {
        // Mantine writes style elements; mails in the mailbox bring their own styles and pictures.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'https:', 'http:'],
        upgradeInsecureRequests: secure ? [] : null,
      },
    },
    // Webmail shows the pixel of an opened mail on its own pages.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    strictTransportSecurity: secure,
  });
}

/** The built studio, with its one page for every address that it routes itself. */
function serveStudio(app: Express, folder: string): void {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return;
  app.use(express.static(folder, { index: false, maxAge: '1y', immutable: true }));
  app.get('/{*path}', (request, response, next) => {
    if (request.path.startsWith('/api/') || !request.accepts('html')) return next();
    response.set('Cache-Control', 'no-cache').sendFile(page);
  });
}
