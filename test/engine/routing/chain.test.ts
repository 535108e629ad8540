import { describe, expect, it } from 'vitest';
import { chain } from '../../../engine/routing/chain.ts';
import type { Person } from '../../../engine/routing/person.ts';
import { hour, noon, person } from './people.ts';

const roles = ['senior', 'lead', 'head'];
const away = (deputy?: string) => ({ absences: [{ from: noon - hour, until: noon + hour, deputy }] });

const staff = (changes: Record<string, Partial<Person>> = {}): Person[] =>
  [
    person('anna', { role: 'agent' }),
    person('sam', { role: 'senior' }),
    person('lea', { role: 'lead' }),
    person('hugo', { role: 'head' }),
  ].map((one) => ({ ...one, ...changes[one.key] }));

const up = (owner: string | undefined, people = staff()) =>
  chain({ roles, owner, strategy: 'round-robin', now: noon }, people);

describe('a chain', () => {
  it('goes one role up from the present owner, and ends at the top', () => {
    expect(up('sam').user).toBe('lea');
    expect(up('lea').user).toBe('hugo');
    expect(up('hugo')).toEqual({ user: null, considered: [] });
  });

  it('begins at the lowest role for nobody, and for an owner outside of it', () => {
    expect(up(undefined).user).toBe('sam');
    expect(up('anna').user).toBe('sam');
    expect(up('ghost').user).toBe('sam');
  });

  it('passes over a role that nobody holds, or whose holder left or is away', () => {
    expect(up('sam', staff({ lea: { role: 'agent' } })).user).toBe('hugo');
    expect(up('sam', staff({ lea: { active: false } })).user).toBe('hugo');
    const { user, considered } = up('sam', staff({ lea: away() }));
    expect(user).toBe('hugo');
    expect(considered).toContainEqual({
      user: 'lea',
      verdict: 'absent',
      why: { role: 'lead', until: noon + hour },
    });
  });

  it('lets the deputy of somebody away stand in, also from outside of the chain', () => {
    expect(up('sam', staff({ lea: away('anna') })).considered[0]).toEqual({
      user: 'anna',
      verdict: 'stands-in',
      why: { role: 'lead', for: 'lea' },
    });
    expect(up('sam', staff({ lea: away('hugo') })).user).toBe('hugo');
  });

  it('takes no deputy who is away, is the owner, or stands lower', () => {
    expect(up('sam', staff({ lea: away('anna'), anna: away() })).user).toBe('hugo');
    expect(up('sam', staff({ lea: away('sam') })).user).toBe('hugo');
    expect(up('lea', staff({ hugo: away('sam') })).user).toBeNull();
    expect(up('lea', staff({ hugo: away('lea') })).user).toBeNull();
  });

  it('takes another holder of the role before a deputy, by turns', () => {
    const people = [...staff({ lea: away('anna') }), person('leo', { role: 'lead', lastAssigned: 2 })];
    expect(up('sam', people).user).toBe('leo');
    const three = [...people, person('lia', { role: 'lead', lastAssigned: 1 })];
    expect(up('sam', three).considered.map(({ user, verdict }) => `${user} ${verdict}`)).toEqual([
      'lia chosen',
      'leo fits',
    ]);
  });
});
