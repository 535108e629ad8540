import express, { type Router } from 'express';
import type { LiveLibrary } from '../../delivery/library.ts';
import type { Links, SurveyToken } from '../../delivery/tracking/links.ts';
import type { TrackingDeps } from '../../delivery/tracking/record.ts';
import { answerSurvey, isAnswered, readMark } from '../../delivery/tracking/survey.ts';
import { contactOf } from '../../delivery/tracking/unsubscribe.ts';
import type { Language } from '../../engine/model/contact.ts';
import { invalidLinkPage } from './page.ts';
import { surveyDonePage, surveyPage } from './survey-page.ts';

/** `GET /s/:token` asks (`?mark=` chooses beforehand; scanners follow every link, so it takes nothing); `POST` takes the mark. */
export function surveyRoutes(deps: TrackingDeps & { links: Links; library: LiveLibrary }): Router {
  const router = express.Router();

  router.get('/s/:token', async (request, response) => {
    const known = await read(request.params.token, deps.links);
    if (!known) return void response.status(404).send(invalidLinkPage());
    response.set('Cache-Control', 'no-store');
    if (await isAnswered(known.token)) return void response.send(surveyDonePage(known.language, true));
    const chosen = readMark(known.token.kind, request.query.mark);
    response.send(surveyPage(known.token.kind, known.language, await companyName(deps.library), { chosen }));
  });

  router.post('/s/:token', express.urlencoded({ extended: false, limit: '64kb' }), async (request, response) => {
    const known = await read(request.params.token ?? '', deps.links);
    if (!known) return void response.status(404).send(invalidLinkPage());
    const { token, language } = known;
    response.set('Cache-Control', 'no-store');
    const mark = readMark(token.kind, request.body?.mark);
    if (mark === null) {
      const page = surveyPage(token.kind, language, await companyName(deps.library), { missing: true });
      return void response.status(422).send(page);
    }
    const again = await isAnswered(token);
    const comment = typeof request.body?.comment === 'string' ? request.body.comment.trim().slice(0, 5_000) : '';
    if (!again) await answerSurvey(token, { mark, comment }, deps);
    response.send(surveyDonePage(language, again));
  });

  return router;
}

async function read(id: string, links: Links): Promise<{ token: SurveyToken; language: Language } | null> {
  const token = links.readSurvey(id);
  const contact = token && (await contactOf(token));
  return token && contact ? { token, language: contact.language } : null;
}

async function companyName(library: LiveLibrary): Promise<string> {
  return (await library.read()).library.policy.company.name;
}
