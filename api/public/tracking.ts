import express, { type Request, type Router } from 'express';
import type { Logger } from '../../config/log.ts';
import type { Links } from '../../delivery/tracking/links.ts';
import { recordClick, recordOpen, type TrackingDeps } from '../../delivery/tracking/record.ts';
import type { Visit } from '../../delivery/tracking/scanners.ts';
import { invalidLinkPage } from './page.ts';

/** A transparent GIF of one pixel. */
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/**
 * `GET /t/o/:id` the pixel, `GET /t/c/:id` the link. A person is always served first: trouble with the record never
 * stands between a reader and the page.
 */
export function trackingRoutes(deps: TrackingDeps & { links: Links; log: Logger }): Router {
  const router = express.Router();
  const record = (work: Promise<void>) =>
    work.catch((error) => deps.log.error({ err: error }, 'an open or a click could not be recorded'));

  // Express answers HEAD by the GET route.
  router.get('/t/o/:id', async (request, response) => {
    const open = deps.links.readOpen(request.params.id);
    if (open) await record(recordOpen(open.message, visitOf(request), deps));
    // Webmail shows it on a page of its own.
    response.set({ 'Cache-Control': 'no-store, private', 'Cross-Origin-Resource-Policy': 'cross-origin' });
    response.type('gif').send(pixel);
  });

  router.get('/t/c/:id', async (request, response) => {
    const click = deps.links.readClick(request.params.id);
    if (!click) return void response.status(404).send(invalidLinkPage());
    await record(recordClick(click.message, click.url, visitOf(request), deps));
    response.set('Cache-Control', 'no-store, private').redirect(302, click.url);
  });

  return router;
}

function visitOf(request: Request): Visit {
  const purpose = ['purpose', 'sec-purpose', 'x-purpose', 'x-moz'].map((name) => request.get(name) ?? '').join(' ');
  return { method: request.method, agent: request.get('user-agent') ?? '', purpose };
}
