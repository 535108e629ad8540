import { type DealCourse, sightNow } from '../engine/forecast/course.ts';
import { fitPipeline } from '../engine/forecast/fit.ts';
import { probabilityOf } from '../engine/forecast/probability.ts';
import { drawsFor } from '../engine/forecast/random.ts';
import { dayMs } from '../engine/time/offset.ts';
import type { Benchmark } from './frame/benchmark.ts';
import { median, perSecond, repeat } from './frame/rounds.ts';

const stages = ['new', 'qualified', 'proposal', 'contract'];
const begin = Date.UTC(2026, 0, 1);

/** Deals of a pipeline learned from in a second, back-test included, and chances that it explains. */
export const forecasting: Benchmark = {
  name: 'forecast',
  title: 'Deals learned from in a second, back-test included, and chances explained',
  pure: true,
  async run(setting) {
    const count = setting.quick ? 200 : 10_000;
    const deals = Array.from({ length: count }, (_, index) => drawDeal(index));
    const { learned } = fitPipeline(deals);
    const learning = {
      name: 'Deals learned from',
      warmUp: async () => void fitPipeline(deals),
      measure: () => perSecond(count, () => void fitPipeline(deals)),
    };
    const open = deals.map((deal) => ({ ...deal, moves: deal.moves.slice(0, -1), status: 'open' as const }));
    const explain = () => {
      for (const deal of open) probabilityOf(learned, sightNow(deal, deal.activityAt));
    };
    const explaining = {
      name: 'Chances explained',
      warmUp: async () => explain(),
      measure: () => perSecond(count, explain),
    };
    const [fits, chances] = [await repeat(learning, 'deals/s', setting), await repeat(explaining, 'deals/s', setting)];
    const aims = [
      { name: 'Deals learned from', unit: 'deals/s', value: median(fits.rounds), atLeast: 2_000 },
      { name: 'Chances explained', unit: 'deals/s', value: median(chances.rounds), atLeast: 20_000 },
    ];
    return { figures: [fits, chances], aims, conditions: { Deals: count } };
  },
};

/** A deal that goes on from each stage with three chances in four, sooner from a good source. */
function drawDeal(index: number): DealCourse {
  const { uniform, normal } = drawsFor(`deal ${index}`);
  const createdAt = begin + uniform() * 365 * dayMs;
  const known = { amount: Math.exp(11 + normal()), currency: 'RUB', source: uniform() < 0.5 ? 'referral' : 'advert' };
  const reached = stages.findIndex(() => uniform() > (known.source === 'referral' ? 0.85 : 0.65));
  const passed = reached < 0 ? stages : stages.slice(0, reached + 1);
  const status = reached < 0 ? 'won' : 'lost';
  let at = createdAt;
  const moves = [...passed, status].map((to) => {
    const move = { at, to };
    at += Math.exp(Math.log(5 * dayMs) + 0.7 * normal());
    return move;
  });
  const closedAt = moves.at(-1)?.at ?? createdAt;
  const trail = moves.map((move) => ({ at: move.at, ...known }));
  const course = { id: `${index}`, pipeline: 'sales', status, stage: status, ...known } as const;
  return { ...course, createdAt, activityAt: closedAt, closedAt, moves, trail };
}
