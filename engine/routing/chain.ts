import type { JsonObject } from '../json.ts';
import { type Choice, type Considered, shown, type Verdict } from './choose.ts';
import { absenceAt, inTurn, isPresent, type Person, type Strategy } from './person.ts';

export interface ChainRequest {
  /** From the lowest to the highest. */
  roles: readonly string[];
  /** Who has it now. */
  owner: string | undefined;
  strategy: Strategy;
  /** Epoch ms. */
  now: number;
}

/**
 * Somebody of the next role above the present owner's that a present person holds; for a holder who is away the deputy
 * counts, unless that would be the owner again or somebody lower. Without an owner, or with one outside of the chain, it
 * begins at the lowest role. Load, capacity and hours do not matter: what is escalated must land. Never goes down.
 */
export function chain({ roles, owner, strategy, now }: ChainRequest, people: readonly Person[]): Choice {
  const byKey = new Map(people.map((person) => [person.key, person]));
  const rankOf = ({ role }: Person) => roles.indexOf(role);
  const holder = owner === undefined ? undefined : byKey.get(owner);
  const rank = holder === undefined ? -1 : rankOf(holder);
  const passed: Considered[] = [];
  for (const role of roles.slice(rank + 1)) {
    const holders = people.filter((person) => person.role === role && person.key !== owner).sort(inTurn(strategy));
    const present = holders.filter((person) => isPresent(person, now));
    const [first] = present;
    if (first !== undefined) {
      const others = present.slice(1).map((one) => line(one, 'fits', { role, open: one.load }));
      return answer([line(first, 'chosen', { role, open: first.load }), ...others, ...passed]);
    }
    for (const away of holders) {
      const absence = away.active ? absenceAt(away, now) : undefined;
      const deputy = byKey.get(absence?.deputy ?? '');
      if (deputy !== undefined && isPresent(deputy, now) && deputy.key !== owner) {
        const above = rankOf(deputy) < 0 || rankOf(deputy) > rank;
        if (above) return answer([line(deputy, 'stands-in', { role, for: away.key }), ...passed]);
      }
      passed.push(
        absence === undefined ? line(away, 'inactive', { role }) : line(away, 'absent', { role, until: absence.until }),
      );
    }
  }
  return { user: null, considered: passed.slice(0, shown) };
}

function line({ key }: Person, verdict: Verdict, why: JsonObject): Considered {
  return { user: key, verdict, why };
}

/** The first of them got it. */
function answer(considered: readonly Considered[]): Choice {
  return { user: considered[0]?.user ?? null, considered: considered.slice(0, shown) };
}
