import express, { type Router } from 'express';
import type { Links, UnsubscribeToken } from '../../delivery/tracking/links.ts';
import type { TrackingDeps } from '../../delivery/tracking/record.ts';
import { changeConsent, contactOf } from '../../delivery/tracking/unsubscribe.ts';
import type { ContactDoc } from '../../store/models/contact.ts';
import { invalidLinkPage } from './page.ts';
import { unsubscribePage } from './unsubscribe-page.ts';

/**
 * `GET /u/:token` only asks, because mail scanners follow every link; `POST` acts: from the page's form, or as the mail
 * program's one click (RFC 8058: `List-Unsubscribe=One-Click`, no cookies, no redirect).
 */
export function unsubscribeRoutes(deps: TrackingDeps & { links: Links }): Router {
  const router = express.Router();

  router.get('/u/:token', async (request, response) => {
    const known = await read(request.params.token, deps.links);
    if (!known) return void response.status(404).send(invalidLinkPage());
    const withdrawn = known.contact.consent[known.token.channel] === 'withdrawn';
    response.set('Cache-Control', 'no-store').send(page(withdrawn ? 'done' : 'question', known));
  });

  router.post('/u/:token', express.urlencoded({ extended: false, limit: '4kb' }), async (request, response) => {
    const known = await read(request.params.token ?? '', deps.links);
    if (!known) return void response.status(404).send(invalidLinkPage());
    const again = request.body?.action === 'resubscribe';
    const way = request.body?.['List-Unsubscribe'] === 'One-Click' ? 'one-click' : 'unsubscribe-page';
    await changeConsent(known.token, again ? 'granted' : 'withdrawn', way, deps);
    response.set('Cache-Control', 'no-store').send(page(again ? 'back' : 'done', known));
  });

  return router;
}

interface Known {
  token: UnsubscribeToken;
  contact: ContactDoc;
}

async function read(id: string, links: Links): Promise<Known | null> {
  const token = links.readUnsubscribe(id);
  const contact = token && (await contactOf(token));
  return token && contact ? { token, contact } : null;
}

function page(state: 'question' | 'done' | 'back', { token, contact }: Known): string {
  const address = (token.channel === 'email' ? contact.email : contact.phone) ?? '';
  return unsubscribePage(state, contact.language, token.channel, address);
}
