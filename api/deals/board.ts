import { VoronkaError } from '../../engine/errors/error.ts';
import type { Pipeline } from '../../engine/schema/index.ts';
import { openDealsIn } from '../../store/deals.ts';
import type { DealDoc } from '../../store/models/deal.ts';
import { showDeals } from './show.ts';

/** Most deals that a column shows; its count and sums are of all. */
const columnLength = 200;

/** The stages of a pipeline with their open deals. @throws VoronkaError DEFINITION_NOT_FOUND */
export async function showBoard(key: string, pipeline: Pipeline | undefined) {
  if (pipeline === undefined) throw new VoronkaError('DEFINITION_NOT_FOUND', `there is no pipeline ${key}`);
  const deals = await openDealsIn(key);
  const known = new Set(pipeline.stages.map((stage) => stage.key));
  // A stage that a later version took out keeps its deals until somebody moves them.
  const gone = [...new Set(deals.map(({ stage }) => stage))].filter((stage) => !known.has(stage));
  const columns = [...pipeline.stages, ...gone.map((stage) => ({ key: stage, name: stage }))];
  const stages = columns.map(async ({ key, name }) => {
    const own = deals.filter(({ stage }) => stage === key);
    return { key, name, count: own.length, sums: sums(own), deals: await showDeals(own.slice(0, columnLength)) };
  });
  const { name, lostReasons } = pipeline;
  return { key, name, lostReasons, stages: await Promise.all(stages) };
}

/** By currency, to the hundredth. */
function sums(deals: readonly DealDoc[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { amount = 0, currency } of deals) found[currency] = (found[currency] ?? 0) + Math.round(amount * 100);
  return Object.fromEntries(Object.entries(found).map(([currency, hundredths]) => [currency, hundredths / 100]));
}
