import { z } from 'zod';
import { VoronkaError } from '../../engine/errors/error.ts';
import { type Language, languages } from '../../engine/model/contact.ts';
import { key, language } from '../../engine/schema/common.ts';
import {
  findArticle,
  listArticles,
  markArticle,
  marksOfTicket,
  removeArticle,
  saveArticle,
} from '../../store/articles.ts';
import type { ArticleDoc } from '../../store/models/article.ts';
import { Contacts } from '../../store/models/contact.ts';
import { type TicketDoc, Tickets } from '../../store/models/ticket.ts';
import { TicketMessages } from '../../store/models/ticket-message.ts';
import { type Route, route } from '../route.ts';
import { idParams, keyParams, time } from '../shapes.ts';
import { actorOf } from '../tickets/actor.ts';

const title = z.partialRecord(language, z.string().min(1).max(300));
const body = z.partialRecord(language, z.string().min(1).max(100_000)).describe('Markdown');
const status = z.enum(['draft', 'published']).describe('only published articles are suggested');

const articleAnswer = z.object({
  key: z.string(),
  title,
  body,
  topics: z.array(z.string()),
  status,
  createdAt: time,
  updatedAt: time,
});

const articleBody = z
  .strictObject({ title, body, topics: z.array(key).max(50).default([]), status: status.default('published') })
  .superRefine(({ title, body }, issues) => {
    if (Object.keys(body).length === 0) {
      issues.addIssue({ code: 'custom', path: ['body'], message: `write it in ${languages.join(' or ')}, or in both` });
    }
    for (const one of languages) {
      if ((title[one] === undefined) === (body[one] === undefined)) continue;
      const missing = title[one] === undefined ? 'title' : 'body';
      issues.addIssue({ code: 'custom', path: [missing, one], message: 'a text needs a title, and a title a text' });
    }
  });

const suggestion = z.object({
  key: z.string(),
  language,
  title: z.string(),
  body: z.string().describe('Markdown'),
  score: z.number(),
  why: z.object({
    words: z.array(z.string()).describe('words that the ticket and the article share, as stems'),
    topic: z.boolean().describe("it is written for the ticket's topic"),
    helped: z.number(),
    not: z.number(),
  }),
  helped: z.boolean().optional().describe('how it was marked for this ticket'),
});

export const articleRoutes: Route[] = [
  route({
    method: 'get',
    path: '/articles',
    tag: 'Knowledge base',
    summary: 'All articles, or those that a search finds, the best first',
    query: z.object({
      search: z.string().max(200).optional().describe('every word must be there; the last may be unfinished'),
      language: language.default('en').describe('the preferred one of the search'),
      status: status.optional(),
      topic: key.optional(),
    }),
    answer: z.object({ items: z.array(articleAnswer) }),
    async handle({ query: { search, language, status, topic } }, { knowledge }) {
      const articles = search ? await searched(search, language, knowledge) : await listArticles(status);
      const items = articles.filter((article) => topic === undefined || article.topics.includes(topic));
      return { items: items.map(articleOf) };
    },
  }),

  route({
    method: 'get',
    path: '/articles/{key}',
    tag: 'Knowledge base',
    summary: 'One article',
    params: keyParams,
    answer: articleAnswer,
    async handle({ params }) {
      return articleOf(await known(params.key));
    },
  }),

  route({
    method: 'put',
    path: '/articles/{key}',
    tag: 'Knowledge base',
    summary: 'Write an article or change it',
    params: keyParams,
    body: articleBody,
    answer: articleAnswer,
    async handle({ params, body }, { clock, knowledge }) {
      const saved = await saveArticle({ _id: params.key, ...body }, clock.now());
      knowledge.forget();
      return saved && articleOf(saved);
    },
  }),

  route({
    method: 'delete',
    path: '/articles/{key}',
    tag: 'Knowledge base',
    summary: 'Remove an article with its marks',
    description: 'To take it from the suggestions only, change its status to `draft`.',
    params: keyParams,
    status: 204,
    answer: z.null(),
    async handle({ params, response }, { knowledge }) {
      if (!(await removeArticle(params.key))) throw missing(params.key);
      knowledge.forget();
      response.status(204).end();
    },
  }),

  route({
    method: 'get',
    path: '/tickets/{id}/suggestions',
    tag: 'Knowledge base',
    summary: 'Articles that may answer a ticket, the best first',
    params: idParams,
    query: z.object({ limit: z.coerce.number().int().min(1).max(20).default(5) }),
    answer: z.object({ items: z.array(suggestion) }),
    async handle({ params, query: { limit } }, { knowledge }) {
      const ticket = await ticketOf(params.id);
      const [{ index, articles }, marks] = await Promise.all([knowledge.shelf(), marksOfTicket(ticket._id)]);
      const found = index.suggest(await questionOf(ticket), limit);
      return {
        items: found.map(({ key, language, ...rest }) => {
          const article = articles.get(key);
          const helped = marks.get(key);
          const texts = { title: article?.title[language] ?? '', body: article?.body[language] ?? '' };
          return { key, language, ...texts, ...rest, ...(helped !== undefined && { helped }) };
        }),
      };
    },
  }),

  route({
    method: 'put',
    path: '/tickets/{id}/suggestions/{key}',
    tag: 'Knowledge base',
    summary: 'Say whether an article helped with a ticket',
    description: 'What helped rises in the suggestions for tickets of the same topic. A later mark replaces the first.',
    params: idParams.extend({ key }),
    body: z.strictObject({ helped: z.boolean() }),
    answer: z.object({ helped: z.boolean() }),
    acts: true,
    async handle({ params, body: { helped }, request }, { clock, knowledge }) {
      const by = await actorOf(request);
      const ticket = await ticketOf(params.id);
      const article = (await known(params.key))._id;
      const topic = ticket.topic ?? '';
      await markArticle({ article, ticketId: ticket._id, topic, helped, by, at: new Date(clock.now()) });
      knowledge.forget();
      return { helped };
    },
  }),
];

type Knowledge = Parameters<Route['serve']>[0]['knowledge'];

async function searched(text: string, language: Language, knowledge: Knowledge): Promise<ArticleDoc[]> {
  const { index, articles } = await knowledge.shelf();
  return index.find(text, language).flatMap(({ key }) => articles.get(key) ?? []);
}

/** The subject, what the customer wrote first and what they wrote last. */
async function questionOf(ticket: TicketDoc) {
  const [contact, messages] = await Promise.all([
    Contacts.findById(ticket.contactId, { language: 1 }).lean(),
    TicketMessages.find({ ticketId: ticket._id, kind: 'customer' }, { text: 1 })
      .sort({ at: 1 })
      .lean<{ text: string }[]>(),
  ]);
  const text = [ticket.subject, messages[0]?.text, messages.slice(1).at(-1)?.text].join('\n');
  return { text, language: contact?.language ?? 'en', ...(ticket.topic !== undefined && { topic: ticket.topic }) };
}

async function ticketOf(id: string): Promise<TicketDoc> {
  const ticket = await Tickets.findById(id).lean<TicketDoc>();
  if (ticket === null) throw new VoronkaError('NOT_FOUND', `there is no ticket ${id}`);
  return ticket;
}

async function known(key: string): Promise<ArticleDoc> {
  const article = await findArticle(key);
  if (article === null) throw missing(key);
  return article;
}

function missing(key: string): VoronkaError {
  return new VoronkaError('NOT_FOUND', `there is no article "${key}"`);
}

function articleOf({ _id, ...article }: ArticleDoc) {
  return { key: _id, ...article };
}
