import { z } from 'zod';
import { clearMailbox, listMailbox, readMailbox } from '../../delivery/mailbox/mailbox.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import type { MailboxDoc } from '../../store/models/mailbox.ts';
import { type Route, route } from '../route.ts';
import { idParams, pageOf, pageQuery, time } from '../shapes.ts';

const line = z.object({
  id: z.string(),
  kind: z.enum(['email', 'sms']),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  messageId: z.string().optional(),
  receivedAt: time,
});

export const mailboxRoutes: Route[] = [
  route({
    method: 'get',
    path: '/mailbox',
    tag: 'Mailbox',
    summary: 'What the built-in mailbox received, newest first',
    query: pageQuery.extend({ to: z.string().max(200).optional().describe('a part of the recipient') }),
    answer: pageOf(line),
    async handle({ query }) {
      const { items, next } = await listMailbox(query);
      return { items: items.map(({ _id, ...mail }) => ({ id: _id, ...mail })), next };
    },
  }),

  route({
    method: 'get',
    path: '/mailbox/{id}',
    tag: 'Mailbox',
    summary: 'A mail or SMS with its source',
    params: idParams,
    answer: line.extend({ html: z.string().optional(), source: z.string().optional() }),
    async handle({ params }) {
      const mail: MailboxDoc | null = await readMailbox(params.id);
      if (mail === null) throw new VoronkaError('NOT_FOUND', `there is no mail ${params.id}`);
      const { _id, ...rest } = mail;
      return { id: _id, ...rest };
    },
  }),

  route({
    method: 'delete',
    path: '/mailbox',
    tag: 'Mailbox',
    summary: 'Empty the mailbox',
    answer: z.object({ emptied: z.literal(true) }),
    async handle() {
      await clearMailbox();
      return { emptied: true };
    },
  }),
];
