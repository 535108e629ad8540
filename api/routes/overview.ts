import { z } from 'zod';
import { key } from '../../engine/schema/common.ts';
import { listDefinitions, versionsByHash } from '../../store/definitions.ts';
import { countInstances } from '../../store/instances.ts';
import { incidentsByStep, processTotals } from '../../store/process-totals.ts';
import { type Route, route } from '../route.ts';
import { keyParams, localizedText } from '../shapes.ts';

const counts = z.record(z.string(), z.number());

export const processLine = z.object({
  key,
  name: localizedText,
  description: localizedText.optional(),
  enabled: z.boolean(),
  live: z.object({ hash: z.string(), version: z.number() }).optional(),
  hasDraft: z.boolean(),
  statuses: counts.describe('how many instances are in each status'),
  incidents: z.number().describe('instances that stand at an incident'),
});

export const processCounts = z.object({
  steps: counts.describe('how many instances stand at each step'),
  statuses: counts,
  outcomes: counts,
  incidents: z.number(),
  incidentSteps: counts.describe('how many incidents stand at each step'),
});

export const overviewRoutes: Route[] = [
  route({
    method: 'get',
    path: '/clock',
    tag: 'Installation',
    summary: "The installation's time: the real one, unless it runs under a time scale",
    answer: z.object({
      now: z.number().describe('epoch milliseconds'),
      perSecond: z.number().describe('seconds that pass in a real second'),
    }),
    async handle(_, { clock }) {
      const real = Date.now();
      const hour = 3_600_000;
      return { now: clock.now(), perSecond: (clock.toVirtual(real + hour) - clock.toVirtual(real)) / hour };
    },
  }),

  route({
    method: 'get',
    path: '/processes',
    tag: 'Processes',
    summary: 'All processes with how many instances run, have ended, and stand at an incident',
    answer: z.object({ items: z.array(processLine) }),
    async handle() {
      const [heads, totals] = await Promise.all([listDefinitions('process'), processTotals()]);
      const versions = await versionsByHash(heads.flatMap(({ live }) => live?.hash ?? []));
      const bodies = new Map(versions.map(({ _id, body }) => [_id, body]));
      return {
        items: heads.map(({ key, live, draft, enabled }) => {
          const body = bodies.get(live?.hash ?? '') ?? draft;
          return {
            key,
            name: body?.name ?? key,
            description: body?.description,
            enabled,
            live,
            hasDraft: draft !== undefined,
            ...(totals.get(key) ?? { statuses: {}, incidents: 0 }),
          };
        }),
      };
    },
  }),

  route({
    method: 'get',
    path: '/processes/{key}/counts',
    tag: 'Processes',
    summary: 'How many instances of a process stand where, and how they ended',
    params: keyParams,
    answer: processCounts,
    async handle({ params }) {
      const [counted, incidentSteps] = await Promise.all([countInstances(params.key), incidentsByStep(params.key)]);
      return { ...counted, incidentSteps };
    },
  }),
];
