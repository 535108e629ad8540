import { describe, expect, it } from 'vitest';
import { derivation } from '../../../engine/sla/derivation.ts';
import { calendar, office } from '../time/calendar.ts';
import { at, Desk, policy } from './desk.ts';

const minutes = (ms: number) => ms / 60_000;
const time = (at: number | null) => (at === null ? 'now' : new Date(at).toISOString().slice(5, 16));

/** `from to change (why): counted` of the lines of one clock. */
function lines(desk: Desk, target: string, now: string): string[] {
  const found = derivation(desk.state, at(now), desk.context().pinned).find((one) => one.target === target);
  return (found?.lines ?? []).map(({ from, to, change, why, by, counted }) => {
    return `${time(from)} ${time(to)} ${change} (${why}, ${by}): ${minutes(counted)}`;
  });
}

describe('the derivation of a due time', () => {
  const story = () =>
    new Desk('2026-03-02T09:00Z')
      .open(calendar({ hours: office }))
      .publish(policy({ calendar: 'office', targets: { resolution: { normal: 'PT10H', high: 'PT8H' } } }))
      .start()
      .say('2026-03-02T11:00Z', 'ticket.changed', { status: 'waiting' }, { by: 'user:ann' })
      .say('2026-03-02T16:00Z', 'ticket.customer-replied', { status: 'open' }, { by: 'customer' })
      .say('2026-03-03T09:30Z', 'ticket.changed', { priority: 'high' }, { by: 'user:bob' });

  it('says from when to when a clock ran or stood, why, by whom, and how much of it counted', () => {
    const desk = story();
    expect(lines(desk, 'resolution', '2026-03-03T10:00Z')).toEqual([
      '03-02T09:00 03-02T11:00 started (ticket.created, customer): 120',
      '03-02T11:00 03-02T16:00 paused (status waiting, user:ann): 0',
      '03-02T16:00 03-03T09:30 resumed (status open, customer): 150',
      '03-03T09:30 now recalculated (priority high, user:bob): 30',
    ]);
    const [one] = derivation(desk.state, at('2026-03-03T10:00Z'), desk.context().pinned);
    expect(one).toMatchObject({ target: 'resolution', n: 1, due: at('2026-03-03T13:00Z') });
    expect(one?.lines.at(-1)).toMatchObject({ goal: 8 * 3_600_000, policy: 'standard@2', calendar: 'office@1' });
  });

  it('still adds up when the ledger has let go of its oldest lines', () => {
    const desk = story();
    for (let day = 4; day < 28; day++) {
      desk.say(at(`2026-03-${String(day).padStart(2, '0')}T09:00Z`), 'ticket.changed', { status: 'waiting' });
      desk.say(at(`2026-03-${String(day).padStart(2, '0')}T09:05Z`), 'ticket.changed', { status: 'open' });
    }
    const [one] = derivation(desk.state, at('2026-03-27T10:00Z'), desk.context().pinned);
    expect(desk.state.ledger.length).toBeLessThan(20);
    expect(one?.lines[0]?.before).toBeGreaterThan(0);
    const sum = one?.lines.reduce((sum, { counted }) => sum + counted, one.lines[0]?.before ?? 0);
    // 4.5 hours before the third, 8.5 on it, nine less five minutes on each of 17 more working days but the last, which has 55 minutes.
    expect(minutes(sum ?? 0)).toBe(4.5 * 60 + 8.5 * 60 + 17 * (9 * 60 - 5) + 55);
  });
});
