import { DefinitionCache } from './company.ts';
import type { Activities } from './contract.ts';
import type { EffectServices } from './effects/effect.ts';
import { performOne } from './perform.ts';
import { takeTurn } from './turn.ts';

/** The activities of one worker, with what they need. */
export function createActivities(services: EffectServices): Activities {
  const definitions = new DefinitionCache();
  return {
    turn: (input) => takeTurn(input, services, definitions),
    async perform(effect, now) {
      const { policy } = await definitions.company();
      return await performOne(effect, { ...services, now: services.clock.toVirtual(now), policy });
    },
  };
}
