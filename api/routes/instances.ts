import { z } from 'zod';
import { nudge } from '../../delivery/queues.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import type { Control } from '../../engine/model/event.ts';
import { key } from '../../engine/schema/common.ts';
import { clocksDefinition } from '../../engine/sla/start.ts';
import { submitControls } from '../../store/controls.ts';
import { timelineOf } from '../../store/journal.ts';
import { type InstanceDoc, Instances } from '../../store/models/instance.ts';
import { after, page } from '../../store/page.ts';
import { entryOf, instanceOf } from '../answers.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { idParams, instanceAnswer, pageOf, pageQuery, time, timelineEntry } from '../shapes.ts';
import { findContact } from './contacts.ts';

const by = z.string().max(64).default('api').describe('who orders it, for the timeline');
const token = z.int().optional().describe('which of several incidents; default all');
const ordered = z.object({ id: z.string(), ordered: z.string() });

/** A route that sends an order to an instance; its parsed body is the order. */
function control(order: Control['do'], summary: string, body: z.ZodType<Control>): Route {
  return route({
    method: 'post',
    path: `/instances/{id}/${order}`,
    tag: 'Instances',
    summary,
    params: idParams,
    body,
    status: 202,
    answer: ordered,
    async handle({ params, body }, deps) {
      const instance = await findInstance(params.id);
      refuse(body, instance);
      await send([instance._id], body, deps);
      return { id: instance._id, ordered: body.do };
    },
  });
}

export const instanceRoutes: Route[] = [
  route({
    method: 'get',
    path: '/instances',
    tag: 'Instances',
    summary: 'Instances, newest first; the clocks of tickets only by `process=sla` or among incidents',
    query: pageQuery.extend({
      process: key.optional(),
      status: z.enum(['starting', 'running', 'paused', 'ended']).optional(),
      contact: z.string().max(64).optional(),
      outcome: key.optional(),
      step: key.optional().describe('only those that stand there'),
      incident: z.enum(['true', 'false']).optional(),
    }),
    answer: pageOf(instanceAnswer),
    async handle({ query }) {
      const { limit, process, status, outcome, step, incident } = query;
      const contact = query.contact === undefined ? undefined : await findContact(query.contact);
      const request = { limit, ...(query.cursor !== undefined && { cursor: query.cursor }) };
      const docs = await Instances.find({
        ...after(request),
        ...(process !== undefined ? { process } : incident !== 'true' && { process: { $ne: clocksDefinition.key } }),
        ...(status !== undefined && { status }),
        ...(outcome !== undefined && { outcome }),
        ...(step !== undefined && { at: step }),
        ...(incident !== undefined && { 'incidents.0': { $exists: incident === 'true' } }),
        ...(contact && { contactId: { $in: [contact._id, ...contact.mergedFrom] } }),
      })
        .sort({ _id: -1 })
        .limit(limit + 1)
        .lean<InstanceDoc[]>();
      const { items, next } = page(docs, request);
      return { items: items.map(instanceOf), next };
    },
  }),

  route({
    method: 'get',
    path: '/instances/{id}',
    tag: 'Instances',
    summary: 'An instance',
    params: idParams,
    answer: instanceAnswer,
    async handle({ params }) {
      return instanceOf(await findInstance(params.id));
    },
  }),

  route({
    method: 'get',
    path: '/instances/{id}/timeline',
    tag: 'Instances',
    summary: 'What an instance did and decided, in order',
    params: idParams,
    query: z.object({
      limit: z.coerce.number().int().min(1).max(1000).default(200),
      cursor: z.coerce.number().int().min(0).default(0),
    }),
    answer: z.object({ items: z.array(timelineEntry), next: z.number().optional() }),
    async handle({ params, query: { limit, cursor } }) {
      await findInstance(params.id);
      const entries = await timelineOf(params.id, { after: cursor, limit: limit + 1 });
      const items = entries.slice(0, limit);
      return { items: items.map(entryOf), ...(entries.length > limit && { next: items.at(-1)?.n }) };
    },
  }),

  route({
    method: 'get',
    path: '/instances/{id}/why',
    tag: 'Instances',
    summary: 'Why an instance stands where it stands',
    params: idParams,
    answer: z.object({
      instance: instanceAnswer,
      standing: z.array(z.object({ step: z.string(), since: time, last: timelineEntry })),
      decisions: z.array(timelineEntry).describe('what was compared and with which values'),
      unsent: z.array(timelineEntry).describe('skipped and deferred steps with their reasons'),
    }),
    async handle({ params }) {
      const instance = await findInstance(params.id);
      const entries = await timelineOf(params.id);
      const standing = instance.at.flatMap((step) => {
        const here = entries.filter((entry) => entry.step === step);
        const last = here.at(-1);
        const since = here.findLast((entry) => entry.kind === 'entered') ?? last;
        return last && since ? [{ step, since: new Date(since.at), last: entryOf(last) }] : [];
      });
      const kinds = (...wanted: string[]) => entries.filter(({ kind }) => wanted.includes(kind)).map(entryOf);
      return {
        instance: instanceOf(instance),
        standing,
        decisions: entries.filter(({ detail }) => detail?.read !== undefined).map(entryOf),
        unsent: kinds('skipped', 'deferred'),
      };
    },
  }),

  control(
    'pause',
    'Pause: it takes events and does nothing',
    z
      .strictObject({ by })
      .prefault({})
      .transform((body) => ({ do: 'pause', ...body })),
  ),
  control(
    'resume',
    'Resume: overdue timers fire at once, or are moved by the length of the pause',
    z
      .strictObject({ by, extend: z.boolean().optional() })
      .prefault({})
      .transform((body) => ({ do: 'resume', ...body })),
  ),
  control(
    'cancel',
    'Cancel',
    z
      .strictObject({ by, reason: z.string().max(500).optional() })
      .prefault({})
      .transform((body) => ({ do: 'cancel', ...body })),
  ),
  control(
    'retry',
    'Try the step with an incident again',
    z
      .strictObject({ by, token })
      .prefault({})
      .transform((body) => ({ do: 'retry', ...body })),
  ),
  control(
    'skip',
    'Leave the step without its doing',
    z
      .strictObject({ by, token, exit: z.string().max(100).optional() })
      .prefault({})
      .transform((body) => ({ do: 'skip', ...body })),
  ),

  route({
    method: 'post',
    path: '/processes/{key}/retry',
    tag: 'Processes',
    summary: 'Try all incidents of a process again',
    params: z.object({ key }),
    body: z
      .strictObject({ by, step: key.optional(), code: z.string().max(100).optional().describe('only this error code') })
      .prefault({}),
    status: 202,
    answer: z.object({ ordered: z.number() }),
    async handle({ params, body: { by, step, code } }, deps) {
      const found = await Instances.find(
        {
          process: params.key,
          status: { $in: ['running', 'paused'] },
          'incidents.0': { $exists: true },
          ...(step !== undefined && { 'incidents.step': step }),
          ...(code !== undefined && { 'incidents.code': code }),
        },
        { _id: 1 },
      ).lean<{ _id: string }[]>();
      await send(
        found.map(({ _id }) => _id),
        { do: 'retry', by },
        deps,
      );
      return { ordered: found.length };
    },
  }),
];

async function findInstance(id: string): Promise<InstanceDoc> {
  const instance = await Instances.findById(id).lean<InstanceDoc>();
  if (instance === null) throw new VoronkaError('NOT_FOUND', `there is no instance ${id}`);
  return instance;
}

/** @throws VoronkaError CONTROL_REFUSED for an order that cannot be followed as things stand */
function refuse({ do: order }: Control, { status, incidents, outcome }: InstanceDoc): void {
  if (status === 'ended') throw new VoronkaError('INSTANCE_ENDED', `the instance has ended: ${outcome ?? 'unknown'}`);
  const wrong =
    (order === 'pause' && status === 'paused') ||
    (order === 'resume' && status !== 'paused') ||
    (order === 'retry' && incidents.length === 0);
  if (wrong) throw new VoronkaError('CONTROL_REFUSED', `the instance is ${status} with ${incidents.length} incidents`);
}

/** Orders go the way of events: into the store, then by the dispatcher to the workflows. */
async function send(instances: readonly string[], control: Control, { queues }: ApiDeps): Promise<void> {
  await submitControls(instances, control);
  void nudge(queues.dispatch);
}
