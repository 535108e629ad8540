import { pipeline } from 'node:stream/promises';
import type { Request } from 'express';
import { z } from 'zod';
import { fileName, type Issue, mediaTypes, notCurrent } from '../../delivery/documents/maker.ts';
import { tellingOfVoid } from '../../delivery/documents/telling.ts';
import { nudge } from '../../delivery/queues.ts';
import { documentContent, documentRequest } from '../../engine/documents/request.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import { dealJson } from '../../engine/model/deal.ts';
import { documentFormats } from '../../engine/model/document.ts';
import { key } from '../../engine/schema/common.ts';
import { contactViews } from '../../store/contacts.ts';
import { dealsById, dealView } from '../../store/deals.ts';
import { type DocumentRow, findDocument, listDocuments, voidDocument } from '../../store/documents.ts';
import { readFile } from '../../store/files.ts';
import type { DocumentDoc } from '../../store/models/document.ts';
import type { ApiDeps } from '../deps.ts';
import { idempotencyOf, refuseReuse } from '../idempotency.ts';
import { refuseBody } from '../problem.ts';
import { type Route, route } from '../route.ts';
import { idParams, pageOf, pageQuery } from '../shapes.ts';
import { actorOf } from '../tickets/actor.ts';
import { findContact } from './contacts.ts';
import { documentAnswer, documentStatus, formatQuery, templateAnswer, wholeAnswer } from './documents-shapes.ts';

export const documentRoutes: Route[] = [
  route({
    method: 'get',
    path: '/document-templates',
    tag: 'Documents',
    summary: 'Templates from which documents are made, with their fields',
    answer: z.object({ items: z.array(templateAnswer) }),
    async handle(_, { documents }) {
      const items = [...documents.templates].map(([name, { head, versions }]) => ({
        key: name,
        name: head.name,
        description: head.description,
        series: head.series.key,
        fields: head.fields,
        formats: versions.en.docx !== undefined && versions.ru.docx !== undefined ? documentFormats : ['pdf'],
      }));
      return { items };
    },
  }),

  route({
    method: 'post',
    path: '/documents',
    tag: 'Documents',
    summary: 'Make a document with its number',
    description:
      'Everything that is wrong with it is found before a number is given: numbers of a series have no gaps. With an ' +
      '`Idempotency-Key` a repeated request answers the document that was made first.',
    idempotent: true,
    body: documentRequest,
    status: 201,
    answer: documentAnswer,
    async handle({ body, request }, deps) {
      const { contactId, dealId, ...content } = body;
      return await make({ contactId, dealId, content }, request, deps);
    },
  }),

  route({
    method: 'post',
    path: '/documents/preview',
    tag: 'Documents',
    summary: 'See a document before it is made',
    description: 'The answer is the file itself, with a word in place of the number. Nothing is kept.',
    query: formatQuery,
    body: documentRequest,
    answer: z.unknown(),
    async handle({ body, query: { format }, response }, deps) {
      const { contactId, dealId, ...content } = body;
      const order = { ...(await setting(contactId, dealId, deps)), content };
      const bytes = await deps.documents.preview(order, format);
      response.type(mediaTypes[format]).send(Buffer.from(bytes));
    },
  }),

  route({
    method: 'get',
    path: '/documents',
    tag: 'Documents',
    summary: 'Documents, the latest first',
    query: pageQuery.extend({
      contactId: z.string().optional(),
      dealId: z.string().optional(),
      series: key.optional(),
      status: documentStatus.optional(),
    }),
    answer: pageOf(documentAnswer),
    async handle({ query: { limit, cursor, contactId, ...filter } }) {
      const person = contactId === undefined ? undefined : await findContact(contactId);
      const contactIds = person && [person._id, ...person.mergedFrom];
      const { items, next } = await listDocuments(
        { ...filter, contactIds },
        { limit, ...(cursor !== undefined && { cursor }) },
      );
      return { items: items.map(answerOf), next };
    },
  }),

  route({
    method: 'get',
    path: '/documents/{id}',
    tag: 'Documents',
    summary: 'One document with the data that it was made from',
    params: idParams,
    answer: wholeAnswer,
    async handle({ params }) {
      const doc = await known(params.id);
      return { ...answerOf(doc), snapshot: doc.snapshot };
    },
  }),

  route({
    method: 'get',
    path: '/documents/{id}/file',
    tag: 'Documents',
    summary: 'Download a document',
    params: idParams,
    query: formatQuery,
    answer: z.unknown(),
    async handle({ params, query: { format }, response }, { documents }) {
      const doc = await known(params.id);
      const { file, size, sha256 } = await documents.file(doc, format);
      response.attachment(fileName(doc, format)).type(mediaTypes[format]);
      response.set({ 'Content-Length': String(size), ETag: `"${sha256}"`, 'X-Content-Type-Options': 'nosniff' });
      await pipeline(readFile(file), response);
    },
  }),

  route({
    method: 'post',
    path: '/documents/{id}/remake',
    tag: 'Documents',
    summary: 'Make a document again and prove that it is the same',
    description: 'From the snapshot and the version of the template that were kept; the stored file stays what it is.',
    params: idParams,
    query: formatQuery,
    answer: z.object({ identical: z.literal(true), sha256: z.string(), size: z.number() }),
    async handle({ params, query: { format } }, { documents }) {
      const { sha256, size } = await documents.remake(await known(params.id), format);
      return { identical: true, sha256, size };
    },
  }),

  route({
    method: 'post',
    path: '/documents/{id}/void',
    tag: 'Documents',
    summary: 'Void a document',
    description: 'It keeps its number and its file.',
    params: idParams,
    body: z.strictObject({ reason: z.string().trim().min(1).max(1_000) }),
    answer: documentAnswer,
    async handle({ params, body, request }, { clock, queues }) {
      const by = await actorOf(request);
      const { number } = await known(params.id);
      const at = clock.now();
      const voided = { reason: body.reason, by, at: new Date(at) };
      const doc = await voidDocument(params.id, voided, tellingOfVoid(params.id, at));
      if (doc === null) throw notCurrent(number);
      void nudge(queues.intake);
      return answerOf(doc);
    },
  }),

  route({
    method: 'post',
    path: '/documents/{id}/supersede',
    tag: 'Documents',
    summary: 'Make a document that takes the place of another one',
    description:
      'The new one has a number of its own; both are written in one transaction. With an `Idempotency-Key` a repeated ' +
      'request answers the document that was made first.',
    idempotent: true,
    params: idParams,
    body: documentContent,
    status: 201,
    answer: documentAnswer,
    async handle({ params, body, request }, deps) {
      const { _id: id, number, contactId, dealId } = await known(params.id);
      return await make({ contactId, dealId, content: body, supersedes: { id, number } }, request, deps);
    },
  }),
];

interface Wanted extends Pick<Issue, 'content' | 'supersedes'> {
  contactId: string;
  dealId: string | undefined;
}

/** Makes a document, or finds the one that was made under the request's key. */
async function make({ contactId, dealId, ...wanted }: Wanted, request: Request, deps: ApiDeps) {
  const by = await actorOf(request);
  const idempotency = idempotencyOf(request);
  const doc = await deps.documents.issue({
    ...(await setting(contactId, dealId, deps)),
    ...wanted,
    dealId,
    by,
    effectKey: idempotency?.key,
    requestHash: idempotency?.bodyHash,
  });
  if (idempotency !== undefined) refuseReuse(idempotency, doc.requestHash);
  void nudge(deps.queues.intake);
  return answerOf(doc);
}

async function known(id: string): Promise<DocumentDoc> {
  const doc = await findDocument(id);
  if (doc === null) throw new VoronkaError('NOT_FOUND', `there is no document ${id}`);
  return doc;
}

/** Whom and what a document is for, and who makes it, as they are now. */
async function setting(contactId: string, dealId: string | undefined, { library, clock }: ApiDeps) {
  const [deal] = await dealsById(dealId === undefined ? [] : [dealId]);
  if (dealId !== undefined && deal === undefined) throw new VoronkaError('NOT_FOUND', `there is no deal ${dealId}`);
  const ids = [contactId, ...(deal === undefined ? [] : [deal.contactId])];
  const [{ library: live }, contacts] = await Promise.all([library.read(), contactViews(ids)]);
  const contact = contacts.get(contactId);
  if (contact === undefined) throw new VoronkaError('NOT_FOUND', `there is no contact ${contactId}`);
  if (deal !== undefined && contacts.get(deal.contactId)?.id !== contact.id) {
    throw refuseBody('body.dealId', 'is the deal of another contact: name a deal of this one');
  }
  const about = deal === undefined ? {} : { deal: dealJson(dealView(deal)) };
  return { contact, ...about, company: live.policy.company, now: clock.now() };
}

function answerOf(row: DocumentRow) {
  const { _id, effectKey: _, requestHash: __, year: ___, n: ____, decisions: _____, snapshot, pdf, docx, ...doc } = row;
  return {
    id: _id,
    ...doc,
    language: snapshot.language,
    currency: snapshot.currency,
    ...(pdf && { pdf: { sha256: pdf.sha256, size: pdf.size } }),
    ...(docx && { docx: { sha256: docx.sha256, size: docx.size } }),
  };
}
