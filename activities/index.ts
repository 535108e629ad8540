import { LiveLibrary } from '../delivery/library.ts';
import { CompanyReader } from './company.ts';
import type { Activities } from './contract.ts';
import type { EffectServices } from './effects/effect.ts';
import { performOne } from './perform.ts';
import { takeTurn } from './turn.ts';

/** The activities of one worker, with what they need. */
export function createActivities(services: EffectServices): Activities {
  const library = new LiveLibrary({}, services.log);
  /** Definitions are never changed: what is known of one of their decisions holds for all. */
  const curious = new Set<string>();
  const company = new CompanyReader(library);
  return {
    async turn(input) {
      return await takeTurn(input, { ...services, ...(await company.read()) }, library, curious);
    },
    async perform(effect, now) {
      return await performOne(effect, { ...services, ...(await company.read()), now: services.clock.toVirtual(now) });
    },
  };
}
