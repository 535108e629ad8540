import { VoronkaError } from '../../engine/errors/error.ts';
import { monthsFrom } from '../../engine/forecast/months.ts';
import { openDealsIn } from '../../store/deals.ts';
import { courseOf, pastCourses } from '../../store/forecast.ts';
import { requireDeal } from '../deals/show.ts';
import type { ApiDeps } from '../deps.ts';

import { basisOf, chanceOf, recordOf, showForecast } from '../forecast/show.ts';
import { type Route, route } from '../route.ts';
import { idParams } from '../shapes.ts';
import { dealProbability, forecastAnswer, forecastQuery, historyAnswer, historyQuery } from './forecast-shapes.ts';

const tag = 'Forecast';

export const forecastRoutes: Route[] = [
  route({
    method: 'get',
    path: '/deals/{id}/probability',
    tag,
    summary: 'How likely an open deal is won, and what makes it so',
    description: 'A deal that is over has no probability: 409 DEAL_CLOSED.',
    params: idParams,
    answer: dealProbability,
    async handle({ params: { id } }, { forecasts, clock }) {
      const doc = await requireDeal(id);
      if (doc.status !== 'open') throw new VoronkaError('DEAL_CLOSED', `the deal ${id} is ${doc.status}`);
      const lesson = await forecasts.of(doc.pipeline);
      return { ...chanceOf(lesson, doc, clock.now()), basis: basisOf(lesson) };
    },
  }),

  route({
    method: 'get',
    path: '/forecast',
    tag,
    summary: 'What the open deals of a pipeline are expected to bring, by month and owner',
    description: 'Deals that are not there yet are not in it. Intervals hold with 80 %.',
    query: forecastQuery,
    answer: forecastAnswer,
    async handle({ query: { pipeline, months: count } }, deps) {
      const { library, name } = await pipelineOf(pipeline, deps);
      const now = deps.clock.now();
      const timezone = library.policy.company.timezone;
      const lesson = await deps.forecasts.of(pipeline);
      const shown = await showForecast(pipeline, lesson, now, monthsFrom(now, count, timezone));
      return { pipeline, name, at: new Date(now), timezone, ...shown };
    },
  }),

  route({
    method: 'get',
    path: '/forecast/history',
    tag,
    summary: 'The deals of a pipeline with their histories, as `voronka forecast` reads them',
    query: historyQuery,
    answer: historyAnswer,
    async handle({ query: { pipeline } }, deps) {
      await pipelineOf(pipeline, deps);
      const [past, open] = await Promise.all([pastCourses(pipeline), openDealsIn(pipeline)]);
      return { deals: [...past, ...open.map(courseOf)].map(recordOf) };
    },
  }),
];

/** @throws VoronkaError DEFINITION_NOT_FOUND */
async function pipelineOf(key: string, { library: live }: ApiDeps) {
  const { library } = await live.read();
  const pipeline = library.pipelines[key];
  if (pipeline === undefined) throw new VoronkaError('DEFINITION_NOT_FOUND', `there is no pipeline ${key}`);
  return { library, name: pipeline.name };
}
