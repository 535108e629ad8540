import { z } from 'zod';
import { acceptMail } from '../../delivery/inbound/accept.ts';
import { email } from '../../delivery/intake/items.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import { key } from '../../engine/schema/common.ts';
import { findInbound, listInbound, ticketsOfItems } from '../../store/inbound.ts';
import { refusedIntake } from '../../store/intake.ts';
import { type InboundMailDoc, inboundVerdicts } from '../../store/models/inbound-mail.ts';
import { type Route, route } from '../route.ts';
import { accepted, idParams, pageOf, pageQuery, time } from '../shapes.ts';
import { beforeCursor, timeCursor } from '../time-cursor.ts';

const verdict = z.enum(inboundVerdicts);

const line = z.object({
  id: z.string(),
  verdict,
  reason: z.string().describe('what the verdict rests on'),
  ticketId: z.string().optional().describe('the ticket in which it stands'),
  problem: z.string().optional().describe('why it was not applied'),
  from: z.string().optional(),
  to: z.array(z.string()),
  subject: z.string(),
  messageId: z.string().optional(),
  raw: z.string().describe('the mail as it came: /api/files/{raw}'),
  size: z.number().describe('bytes'),
  acceptedAt: time.optional(),
  acceptedBy: z.string().optional(),
  receivedAt: time,
});

export const inboundRoutes: Route[] = [
  route({
    method: 'get',
    path: '/inbound',
    tag: 'Inbound mail',
    summary: 'Mails to the support addresses and what was made of each, newest first',
    query: pageQuery.extend({ verdict: verdict.optional() }),
    answer: pageOf(line),
    async handle({ query }) {
      const { verdict, limit, cursor } = query;
      const found = await listInbound({ verdict, limit: limit + 1 }, beforeCursor('receivedAt', cursor));
      const mails = found.slice(0, limit);
      const last = mails.at(-1);
      const next = found.length > limit && last ? timeCursor(last.receivedAt, last._id) : undefined;
      return { items: await linesOf(mails), ...(next !== undefined && { next }) };
    },
  }),

  route({
    method: 'get',
    path: '/inbound/{id}',
    tag: 'Inbound mail',
    summary: 'A mail and what was made of it',
    params: idParams,
    answer: line,
    async handle({ params }) {
      const mail = await findInbound(params.id);
      if (mail === null) throw new VoronkaError('NOT_FOUND', `there is no inbound mail ${params.id}`);
      const [answer] = await linesOf([mail]);
      return answer;
    },
  }),

  route({
    method: 'post',
    path: '/inbound/{id}/accept',
    tag: 'Inbound mail',
    summary: 'Make a ticket of a mail that became none',
    params: idParams,
    body: z.strictObject({
      by: key.optional().describe('user who wants it'),
      from: email.optional().describe('address of the customer, for a mail that names none'),
    }),
    status: 202,
    answer: accepted,
    async handle({ params, body }, { clock, queues }) {
      const by = body.by === undefined ? 'api' : `user:${body.by}`;
      return { id: await acceptMail(params.id, { by, from: body.from }, { clock, queues }) };
    },
  }),
];

async function linesOf(mails: readonly InboundMailDoc[]) {
  const items = mails.flatMap(({ item }) => (item === undefined ? [] : [item]));
  const [tickets, refused] = await Promise.all([ticketsOfItems(items), refusedIntake(items)]);
  return mails.map(({ _id, item = '', thread: _, ...mail }) => {
    const ticketId = tickets.get(item);
    const problem = refused.get(item);
    return {
      id: _id,
      ...mail,
      ...(ticketId !== undefined && { ticketId }),
      ...(problem !== undefined && { problem: `${problem.code}: ${problem.message}` }),
    };
  });
}
