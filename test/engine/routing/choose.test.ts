import { describe, expect, it } from 'vitest';
import { type Choice, choose, shown, type Wanted } from '../../../engine/routing/choose.ts';
import type { Person } from '../../../engine/routing/person.ts';
import { hour, moment, noon, person } from './people.ts';

const night = { ...moment, now: noon + 12 * hour };

function choice(people: Person[], wanted: Partial<Wanted> = {}, at = moment): Choice {
  const all = { strategy: 'least-loaded' as const, ownCapacity: true, presence: 'working' as const, tried: [] };
  return choose({ ...all, ...wanted }, people, at);
}

const verdicts = ({ considered }: Choice) => Object.fromEntries(considered.map(({ user, verdict }) => [user, verdict]));

describe('choose', () => {
  it('takes who has least, then who waited longest, then by the key', () => {
    const people = [
      person('cleo', { load: 1, lastAssigned: 3 }),
      person('anna', { load: 2 }),
      person('boris', { load: 1, lastAssigned: 7 }),
    ];
    expect(choice(people).user).toBe('cleo');
    expect(choice(people, { strategy: 'round-robin' }).user).toBe('anna');
    expect(choice([person('b'), person('a')]).considered).toEqual([
      { user: 'a', verdict: 'chosen', why: { open: 0, lastAssigned: 0 } },
      { user: 'b', verdict: 'fits', why: { open: 0, lastAssigned: 0 } },
    ]);
  });

  it('says of everybody it was about why they did not get it', () => {
    const people = [
      person('gone', { active: false }),
      person('away', { absences: [{ from: noon - hour, until: noon + hour }] }),
      person('back', { absences: [{ from: noon - hour, until: noon }], skills: ['refunds'] }),
      person('plain', { skills: ['iban'] }),
      person('asked', { skills: ['refunds'] }),
      person('busy', { skills: ['refunds'], load: 5, capacity: 5 }),
      person('lead', { role: 'lead', skills: ['refunds'] }),
      person('else', { team: 'technical', skills: ['refunds'] }),
      person('home', { skills: ['refunds'], calendar: 'office' }),
    ];
    const wanted = {
      users: [...people.map(({ key }) => key), 'ghost'],
      role: 'agent',
      skills: ['refunds'],
      tried: ['asked'],
    };
    const { user, considered } = choice(people, wanted, night);
    expect(user).toBe('back');
    expect(verdicts({ user, considered })).toEqual({
      back: 'chosen',
      else: 'fits',
      gone: 'inactive',
      away: 'unskilled',
      plain: 'unskilled',
      asked: 'tried',
      busy: 'full',
      lead: 'other-role',
      home: 'off-hours',
      ghost: 'unknown',
    });
    expect(considered.find((one) => one.user === 'busy')?.why).toEqual({ open: 5, bound: 5 });
    expect(considered.find((one) => one.user === 'plain')?.why).toEqual({ lacks: ['refunds'] });
    expect(verdicts(choice(people, { users: ['away'] }))).toEqual({ away: 'absent' });
    expect(verdicts(choice(people, { team: 'technical', role: 'agent' }))).toMatchObject({ back: 'other-team' });
  });

  it('takes the smaller bound, and the own one only where it counts', () => {
    const busy = [person('busy', { load: 3, capacity: 3 })];
    expect(choice(busy).user).toBeNull();
    expect(choice(busy, { ownCapacity: false }).user).toBe('busy');
    expect(choice(busy, { ownCapacity: false, capacity: 3 }).user).toBeNull();
    expect(choice([person('idle', { load: 3, capacity: 9 })], { capacity: 4 }).user).toBe('idle');
  });

  it('lets working hours bound only where presence counts, and a calendar that is not there bound nobody', () => {
    const people = [person('home', { calendar: 'office' })];
    expect(choice(people, {}, night).user).toBeNull();
    expect(choice(people, { presence: 'any' }, night).user).toBe('home');
    expect(choice([person('home', { calendar: 'unknown' })], {}, night).user).toBe('home');
  });

  it('names at most so many, the chosen one among them', () => {
    const people = Array.from({ length: 50 }, (_, n) => person(`p${n}`, { load: 50 - n }));
    const { user, considered } = choice(people);
    expect(user).toBe('p49');
    expect(considered).toHaveLength(shown);
    expect(considered[0]).toMatchObject({ user: 'p49', verdict: 'chosen' });
  });
});
