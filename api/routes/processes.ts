import { z } from 'zod';
import { intakeDoc, intakeItem } from '../../delivery/intake/items.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import { compile, target } from '../../engine/process/compile.ts';
import { key } from '../../engine/schema/common.ts';
import { memberIds } from '../../store/contacts.ts';
import { newId } from '../../store/id.ts';
import { countInstances } from '../../store/instances.ts';
import type { ApiDeps } from '../deps.ts';
import { idempotencyOf } from '../idempotency.ts';
import { type Route, route } from '../route.ts';
import { jsonObject, keyParams } from '../shapes.ts';

const counts = z.record(z.string(), z.number());

export const processRoutes: Route[] = [
  route({
    method: 'get',
    path: '/processes/{key}/graph',
    tag: 'Processes',
    summary: 'The live version as a graph, with how many instances stand at each step',
    params: keyParams,
    answer: z.object({
      key: z.string(),
      name: z.unknown(),
      version: z.number(),
      enabled: z.boolean(),
      triggers: z.array(jsonObject),
      goals: z.array(jsonObject),
      exits: z.array(jsonObject),
      first: z.string(),
      steps: z.array(
        z.object({
          id: z.string(),
          type: z.string(),
          name: z.unknown().optional(),
          step: jsonObject.describe('the step as it is written'),
          container: z.string().nullable(),
          branches: z.record(z.string(), z.string()).describe('first step of each nested list'),
          exits: z.array(z.object({ exit: z.string(), to: z.string().nullable() })),
          onError: z.string().optional(),
        }),
      ),
      counts: z.object({ steps: counts, statuses: counts, outcomes: counts, incidents: z.number() }),
    }),
    async handle({ params }, deps) {
      const { ref, process, enabled } = await findProcess(params.key, deps);
      const { first, steps } = compile(process);
      return {
        key: ref.key,
        name: process.name,
        version: ref.version,
        enabled,
        triggers: process.triggers,
        goals: process.goals,
        exits: process.exits,
        first,
        steps: [...steps.values()].map((compiled) => ({
          id: compiled.step.id,
          type: compiled.step.type,
          name: compiled.step.name,
          step: compiled.step,
          container: compiled.container,
          branches: Object.fromEntries(compiled.branches),
          exits: compiled.type.exits(compiled.step).map((exit) => ({ exit, to: target(compiled, exit) })),
          onError: compiled.step.onError,
        })),
        counts: await countInstances(ref.key),
      };
    },
  }),

  route({
    method: 'post',
    path: '/processes/{key}/enrol',
    tag: 'Processes',
    summary: 'Put contacts into a process',
    description: 'Up to 1,000 by id, or all members of a segment. The entry rules decide on each of them.',
    params: keyParams,
    body: z
      .strictObject({
        contacts: z.array(z.string().max(64)).min(1).max(1000).optional(),
        segment: key.optional(),
        data: jsonObject.default({}).describe('`trigger` in conditions and templates'),
      })
      .refine(
        (body) => (body.contacts === undefined) !== (body.segment === undefined),
        'give either contacts or a segment',
      ),
    status: 202,
    answer: z.object({
      ids: z.array(z.string()).describe('to be asked for at /api/intake/{id}'),
      contacts: z.number(),
    }),
    idempotent: true,
    async handle({ params, body, request }, deps) {
      const { process, enabled } = await findProcess(params.key, deps);
      if (!enabled || !process.triggers.some(({ on }) => on === 'api')) {
        throw new VoronkaError(
          'PROCESS_NOT_ENROLLABLE',
          `the process ${params.key} ${enabled ? 'has no trigger {"on": "api"}' : 'is switched off'}`,
        );
      }
      const contacts = body.contacts ?? (await members(body.segment));
      const lists = chunk(contacts, 1000);
      const ids = lists.map(() => newId());
      const answer = { ids, contacts: contacts.length };
      const docs = lists.map((list, index) => {
        const id = ids[index] ?? newId();
        const item = (contactId: string, n: number) =>
          intakeItem('enrol', `${id}.${n}`, { process: params.key, contactId, data: body.data, by: 'api' }, 'api');
        return intakeDoc(id, list.map(item), deps.clock.now());
      });
      const [first = intakeDoc(newId(), [], deps.clock.now()), ...others] = docs;
      // The first document holds the key: when it was there before, nobody is put in again.
      const given = await deps.acceptance.accept(first, answer, idempotencyOf(request));
      if (given === answer) await Promise.all(others.map((doc) => deps.acceptance.accept(doc, answer)));
      return given;
    },
  }),
];

async function findProcess(key: string, { library }: ApiDeps) {
  const found = (await library.read()).processes.find(({ ref }) => ref.key === key);
  if (found === undefined) throw new VoronkaError('DEFINITION_NOT_FOUND', `there is no published process "${key}"`);
  return found;
}

async function members(segment: string | undefined): Promise<string[]> {
  const ids: string[] = [];
  for (let after = ''; ; after = ids.at(-1) ?? '') {
    const page = await memberIds(segment, after, 5_000);
    ids.push(...page);
    if (page.length < 5_000) return ids;
  }
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
