import { emptyLibrary } from '../engine/library.ts';
import { simulate } from '../engine/simulate/simulate.ts';
import type { Benchmark } from './frame/benchmark.ts';
import { median, perSecond, repeat } from './frame/rounds.ts';
import { journey } from './journey.ts';

/** Journeys that one core simulates in a second, each from its contact to its result. */
export const simulation: Benchmark = {
  name: 'simulate',
  title: 'Simulated journeys on one core',
  pure: true,
  async run(setting) {
    const count = setting.quick ? 200 : 50_000;
    const library = emptyLibrary();
    const [scenario] = journey.scenarios;
    if (scenario === undefined) throw new Error('the journey has no scenario');
    const play = () => {
      for (let i = 0; i < count; i += 1) {
        const { outcome } = simulate(journey, library, scenario);
        if (outcome !== 'completed') throw new Error(`a journey ended with ${outcome}`);
      }
    };
    const contestant = {
      name: 'Journeys of three effects and two timers',
      warmUp: async () => play(),
      measure: () => perSecond(count, play),
    };
    const figure = await repeat(contestant, 'journeys/s', setting);
    const aim = { name: 'Simulated journeys', unit: 'journeys/s', value: median(figure.rounds), atLeast: 20_000 };
    return { figures: [figure], aims: [aim], conditions: { 'Journeys per round': count } };
  },
};
