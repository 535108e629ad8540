import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { answerApproval } from '../../delivery/intake/approvals/answer.ts';
import { verdicts } from '../../engine/approval/state.ts';
import { rateLimit } from '../rate-limit.ts';
import { sendDocument } from './approval-document.ts';
import { approvalPage, limitedPage, receivedPage, standingPage, type Trouble } from './approval-page.ts';
import { type ApprovalPageDeps, type Seen, see } from './approval-sight.ts';
import { invalidLinkPage } from './page.ts';

/** Of all that is behind an approver's link, by one address and minute. */
const requestsPerMinute = 60;

/** Nothing runs on the page, and only its own document is shown on it. */
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * `GET /a/:token` shows an approver what they decide: scanners follow every link, so it takes nothing. `POST` takes the decision,
 * `GET /a/:token/document` the PDF that it is about. The token is the approver: no other proof is asked for.
 */
export function approvalRoutes(deps: ApprovalPageDeps): Router {
  const router = express.Router();
  const limit = rateLimit('approvals', requestsPerMinute, deps);

  const limited: RequestHandler = async (request, response, next) => {
    const wait = await limit(request);
    if (wait === 0) return next();
    response.status(429).set('Retry-After', String(wait)).send(limitedPage());
  };

  router.get('/a/:token', limited, async (request, response) => {
    const seen = await sight(request, response, deps);
    if (seen) show(seen, response);
  });

  router.get('/a/:token/document', limited, async (request, response) => {
    const seen = await sight(request, response, deps);
    if (seen) await sendDocument(seen, request.query.download !== undefined, response);
  });

  router.post(
    '/a/:token',
    limited,
    express.urlencoded({ extended: false, limit: '64kb' }),
    async (request, response) => {
      const seen = await sight(request, response, deps);
      if (seen) await take(seen, request, response, deps);
    },
  );

  return router;
}

/** Reads what a link leads to; answers by itself where that is nothing. */
async function sight(request: Request, response: Response, deps: ApprovalPageDeps): Promise<Seen | null> {
  response.set({ 'Cache-Control': 'no-store', 'Content-Security-Policy': pagePolicy });
  const ask = deps.links.readApproval(String(request.params.token));
  const seen = ask && (await see(ask, deps));
  if (!seen) response.status(404).send(invalidLinkPage());
  return seen;
}

function show({ standing, content, address, reader, heir }: Seen, response: Response, trouble?: Trouble): void {
  if (trouble !== undefined) response.status(trouble === 'missing' ? 422 : 409);
  if (standing.is === 'open') return void response.send(approvalPage(content, address, reader, trouble));
  if (standing.is === 'changed' || standing.is === 'expired') response.status(410);
  response.send(standingPage(standing, content.title, reader, heir));
}

/** What the decision is for stands in the form: it counts only where that is still what is asked. */
async function take(seen: Seen, { body = {} }: Request, response: Response, deps: ApprovalPageDeps): Promise<void> {
  const { ask, standing, address, reader } = seen;
  if (standing.is !== 'open') return show(seen, response);
  const decision = verdicts.find((verdict) => verdict === body.decision);
  if (decision === undefined) return show(seen, response, 'missing');
  const comment = typeof body.comment === 'string' ? body.comment.trim().slice(0, 5_000) : '';
  const answer = {
    approvalId: ask.approval,
    user: ask.user,
    decision,
    round: Number(body.round),
    ...(comment !== '' && { comment }),
    ...(typeof body.sha256 === 'string' && { sha256: body.sha256 }),
  };
  const answered = await answerApproval(answer, deps.queues.intake, deps.clock.now());
  // Back to the page by GET: to load it again sends nothing twice.
  if (answered.status === 'taken') return response.redirect(303, address);
  if (answered.status === 'later') return void response.status(202).send(receivedPage(reader.language, address));
  const now = await see(ask, deps);
  if (now === null) return void response.status(404).send(invalidLinkPage());
  show(now, response, answered.problem.code === 'APPROVAL_DOCUMENT_CHANGED' ? 'changed' : 'other');
}
