import { z } from 'zod';
import { VoronkaError } from '../../engine/errors/error.ts';
import { key } from '../../engine/schema/common.ts';
import {
  type DefinitionId,
  findDefinition,
  listDefinitions,
  listVersions,
  saveDraft,
  setEnabled,
  versionsByHash,
} from '../../store/definitions.ts';
import type { DefinitionDoc } from '../../store/models/definition.ts';
import type { ApiDeps } from '../deps.ts';
import { check, publish } from '../publication.ts';
import { type Route, route } from '../route.ts';
import { definitionKind, definitionRef, jsonObject, time } from '../shapes.ts';

const params = z.object({ kind: definitionKind, key });
const body = jsonObject.describe('a definition, see docs/language.md');

const headAnswer = z.object({
  kind: definitionKind,
  key: z.string(),
  name: z.unknown(),
  live: z.object({ hash: z.string(), version: z.number() }).optional(),
  hasDraft: z.boolean(),
  enabled: z.boolean(),
  updatedAt: time,
  problem: z.string().optional().describe('why this release cannot read the live version: it is not in force'),
});

const problem = z.object({
  path: z.string(),
  code: z.string(),
  message: z.string(),
  suggestion: z.string().optional(),
  severity: z.enum(['error', 'warning']),
});

const problemsAnswer = z.object({ valid: z.boolean(), problems: z.array(problem) });

export const definitionRoutes: Route[] = [
  route({
    method: 'get',
    path: '/definitions',
    tag: 'Definitions',
    summary: 'All definitions, without their bodies',
    query: z.object({ kind: definitionKind.optional() }),
    answer: z.object({ items: z.array(headAnswer) }),
    async handle({ query }, { library }) {
      const docs = await listDefinitions(query.kind);
      const [bodies, { unreadable }] = await Promise.all([liveBodies(docs), library.read()]);
      return {
        items: docs.map((doc) => {
          const head = headOf(doc, bodies.get(doc.live?.hash ?? '')?.name ?? doc.draft?.name);
          const problem = unreadable.find(({ kind, key }) => kind === doc.kind && key === doc.key)?.problem;
          return { ...head, ...(problem !== undefined && { problem }) };
        }),
      };
    },
  }),

  route({
    method: 'get',
    path: '/definitions/{kind}/{key}',
    tag: 'Definitions',
    summary: 'A definition with its draft and its live body',
    params,
    answer: headAnswer.extend({ draft: jsonObject.optional(), body: jsonObject.optional() }),
    async handle({ params }) {
      const doc = await find(params);
      const live = (await liveBodies([doc])).get(doc.live?.hash ?? '');
      return { ...headOf(doc, live?.name ?? doc.draft?.name), draft: doc.draft, body: live };
    },
  }),

  route({
    method: 'put',
    path: '/definitions/{kind}/{key}/draft',
    tag: 'Definitions',
    summary: 'Keep a draft, right or wrong',
    params,
    body,
    answer: problemsAnswer,
    async handle({ params, body }, { clock, library }) {
      await saveDraft(params, body, clock.now());
      return answerOf(await check(params, body, library));
    },
  }),

  route({
    method: 'post',
    path: '/definitions/{kind}/{key}/validate',
    tag: 'Definitions',
    summary: 'Every mistake of a body (default: the draft), with its scenarios run',
    params,
    body: body.optional(),
    answer: problemsAnswer,
    async handle({ params, body }, { library }) {
      return answerOf(await check(params, body ?? (await draftOf(params)), library));
    },
  }),

  route({
    method: 'post',
    path: '/definitions/{kind}/{key}/publish',
    tag: 'Definitions',
    summary: 'Make the draft, or the given body, the live version',
    description: 'Refused with every mistake; published with its warnings. What runs keeps its version.',
    params,
    body: z.strictObject({ body: body.optional(), by: z.string().max(64).default('api') }).prefault({}),
    answer: definitionRef.extend({ warnings: z.array(problem) }),
    async handle({ params, body: { body, by } }, { clock, library }) {
      const content = body ?? (await draftOf(params));
      return await publish({ ...params, body: content, by, now: clock.now() }, library);
    },
  }),

  route({
    method: 'get',
    path: '/definitions/{kind}/{key}/versions',
    tag: 'Definitions',
    summary: 'Published versions with their bodies, newest first',
    params,
    answer: z.object({
      items: z.array(
        z.object({
          version: z.number(),
          hash: z.string(),
          body: jsonObject,
          publishedAt: time,
          publishedBy: z.string(),
        }),
      ),
    }),
    async handle({ params }) {
      await find(params);
      const versions = await listVersions(params);
      return {
        items: versions.map(({ _id, version, body, publishedAt, publishedBy }) => ({
          version,
          hash: _id,
          body,
          publishedAt,
          publishedBy,
        })),
      };
    },
  }),

  enabling('enable', true, 'Let new entries in again'),
  enabling('disable', false, 'Let nobody in any more; what runs goes on'),
];

function enabling(word: 'enable' | 'disable', enabled: boolean, summary: string): Route {
  return route({
    method: 'post',
    path: `/definitions/{kind}/{key}/${word}`,
    tag: 'Definitions',
    summary,
    params,
    answer: headAnswer,
    async handle({ params }, { clock }: ApiDeps) {
      await setEnabled(params, enabled, clock.now());
      const doc = await find(params);
      return headOf(doc, (await liveBodies([doc])).get(doc.live?.hash ?? '')?.name);
    },
  });
}

async function find(id: DefinitionId): Promise<DefinitionDoc> {
  const doc = await findDefinition(id);
  if (doc === null) throw new VoronkaError('NOT_FOUND', `there is no definition ${id.kind}/${id.key}`);
  return doc;
}

async function draftOf(id: DefinitionId) {
  const { draft } = await find(id);
  if (draft === undefined)
    throw new VoronkaError('CONFLICT', `${id.kind}/${id.key} has no draft: save one, or send the body`);
  return draft;
}

async function liveBodies(docs: readonly DefinitionDoc[]) {
  const versions = await versionsByHash(docs.flatMap(({ live }) => live?.hash ?? []));
  return new Map(versions.map(({ _id, body }) => [_id, body]));
}

function headOf({ kind, key, live, draft, enabled, updatedAt }: DefinitionDoc, name: unknown) {
  return { kind, key, name: name ?? key, live, hasDraft: draft !== undefined, enabled, updatedAt };
}

function answerOf(problems: Awaited<ReturnType<typeof check>>) {
  return { valid: problems.every(({ severity }) => severity !== 'error'), problems };
}
