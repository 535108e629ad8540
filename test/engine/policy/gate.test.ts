import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GateRequest, gate, type SentRecord } from '../../../engine/policy/gate.ts';
import { contact } from '../conditions/values.ts';
import { policy } from './policy.ts';

const hour = 3_600_000;
const day = 24 * hour;
const at = Date.parse('2026-03-02T09:00:00Z');

const request: GateRequest = {
  key: 'i1/remind/1',
  channel: 'email',
  purpose: 'marketing',
  at,
  timezone: 'contact',
  onCap: 'defer',
  deferUntil: at + 3 * day,
};
const granted = contact({ phone: '+79123456789', consent: { email: 'granted', sms: 'granted' } });

function sent(ago: number, over: Partial<SentRecord> = {}): SentRecord {
  return { key: `other/${ago}`, at: at - ago, channel: 'email', purpose: 'marketing', ...over };
}

describe('consent and suppression', () => {
  const open = policy();
  it.each([
    ['granted', 'marketing', { verdict: 'send' }],
    ['withdrawn', 'marketing', { verdict: 'skip', reason: 'unsubscribed' }],
    ['unknown', 'marketing', { verdict: 'skip', reason: 'no-consent' }],
    ['withdrawn', 'transactional', { verdict: 'send' }],
    ['unknown', 'transactional', { verdict: 'send' }],
  ] as const)('consent %s, %s', (email, purpose, verdict) => {
    const someone = contact({ consent: { email, sms: 'granted' } });
    expect(gate({ ...request, purpose }, someone, open, [])).toEqual(verdict);
  });

  it('a suppressed channel stops every purpose, another channel does not', () => {
    const bounced = { ...granted, suppressed: { email: 'bounced' as const } };
    for (const purpose of ['marketing', 'transactional'] as const) {
      expect(gate({ ...request, purpose }, bounced, open, [])).toEqual({
        verdict: 'skip',
        reason: 'suppressed:bounced',
      });
    }
    expect(gate({ ...request, channel: 'sms' }, bounced, open, [])).toEqual({ verdict: 'send' });
  });

  it('a computed address is the contact’s own by any spelling', () => {
    const bounced = { ...granted, suppressed: { email: 'bounced' as const } };
    const to = (address: string) => gate({ ...request, address }, bounced, open, []);
    expect(to(' ANNA@example.com')).toEqual({ verdict: 'skip', reason: 'suppressed:bounced' });
    expect(to('owner@example.com')).toEqual({ verdict: 'send' });
  });

  it('without an address nothing leaves', () => {
    expect(gate({ ...request, channel: 'sms' }, contact({ consent: granted.consent }), open, [])).toEqual({
      verdict: 'skip',
      reason: 'no-address',
    });
    const noMail = contact({ consent: granted.consent, email: undefined });
    expect(gate({ ...request, purpose: 'transactional' }, noMail, open, [])).toMatchObject({ reason: 'no-address' });
    expect(gate({ ...request, address: 'owner@example.com' }, noMail, open, [])).toEqual({ verdict: 'send' });
  });

  it('one who unsubscribed after it was handed over gets it no more (mautic#5181)', () => {
    const gone = contact({ consent: { email: 'withdrawn', sms: 'unknown' } });
    expect(gate(request, gone, open, [sent(0, { key: request.key })])).toMatchObject({ reason: 'unsubscribed' });
  });
});

describe('the hour', () => {
  const quiet = policy({ quietHours: { from: '21:00', to: '09:00' } });
  it('is asked again at delivery, in the contact’s zone', () => {
    expect(gate(request, granted, quiet, [])).toEqual({ verdict: 'send' });
    const night = Date.parse('2026-03-02T20:00:00Z');
    expect(gate({ ...request, at: night }, granted, quiet, [])).toEqual({
      verdict: 'defer',
      reason: 'closed',
      until: Date.parse('2026-03-03T06:00:00Z'),
    });
    expect(gate({ ...request, at: night, purpose: 'transactional' }, granted, quiet, [])).toEqual({ verdict: 'send' });
  });

  it('holds while the zone is unknown, and not for ever', () => {
    const hold = policy({ unknownZone: 'hold' });
    const nowhere = { ...granted, timezone: undefined };
    expect(gate(request, nowhere, hold, [])).toEqual({ verdict: 'defer', reason: 'unknown-zone', until: at + hour });
    expect(gate({ ...request, at: request.deferUntil }, nowhere, hold, [])).toEqual({
      verdict: 'skip',
      reason: 'unknown-zone',
    });
    expect(gate({ ...request, timezone: 'Europe/Berlin' }, nowhere, hold, [])).toEqual({ verdict: 'send' });
  });
});

describe('caps', () => {
  const two = policy({ caps: [{ channel: 'email', max: 2, per: 'P1D' }] });

  it('have room until they are full, then when the oldest leaves the period', () => {
    expect(gate(request, granted, two, [sent(hour)])).toEqual({ verdict: 'send' });
    expect(gate(request, granted, two, [sent(20 * hour), sent(hour)])).toEqual({
      verdict: 'defer',
      reason: 'cap',
      until: at + 4 * hour,
    });
    expect(gate({ ...request, at: at + 4 * hour }, granted, two, [sent(20 * hour), sent(hour)])).toEqual({
      verdict: 'send',
    });
    expect(gate({ ...request, at: at + 4 * hour - 1 }, granted, two, [sent(20 * hour), sent(hour)])).toMatchObject({
      verdict: 'defer',
    });
    expect(gate(request, granted, two, [sent(22 * hour), sent(20 * hour), sent(hour)])).toMatchObject({
      until: at + 4 * hour,
    });
  });

  it('count only their channel and purpose', () => {
    const others = [sent(hour, { channel: 'sms' }), sent(hour, { purpose: 'transactional' }), sent(hour)];
    expect(gate(request, granted, two, others)).toEqual({ verdict: 'send' });
    const all = policy({ caps: [{ max: 2, per: 'P1D' }] });
    expect(gate(request, granted, all, others)).toMatchObject({ verdict: 'defer' });
  });

  it('do not bind transactional messages', () => {
    expect(gate({ ...request, purpose: 'transactional' }, granted, two, [sent(1), sent(2)])).toEqual({
      verdict: 'send',
    });
  });

  it('with drop, or with room only after the deferral, the message is skipped', () => {
    const full = [sent(2 * hour), sent(hour)];
    expect(gate({ ...request, onCap: 'drop' }, granted, two, full)).toEqual({ verdict: 'skip', reason: 'cap' });
    expect(gate({ ...request, deferUntil: at + 22 * hour - 1 }, granted, two, full)).toEqual({
      verdict: 'skip',
      reason: 'cap',
    });
    expect(gate({ ...request, deferUntil: at + 22 * hour }, granted, two, full)).toMatchObject({
      until: at + 22 * hour,
    });
  });

  it('all must have room', () => {
    const both = policy({
      caps: [
        { channel: 'email', max: 1, per: 'PT6H' },
        { max: 2, per: 'P7D' },
      ],
    });
    expect(gate(request, granted, both, [sent(hour), sent(5 * day)])).toMatchObject({ until: at + 2 * day });
  });

  it('a message that has its place keeps it', () => {
    expect(gate(request, granted, two, [sent(0, { key: request.key }), sent(hour), sent(2 * hour)])).toEqual({
      verdict: 'send',
    });
  });

  it('never let more than max through in any period, whoever asks when', () => {
    const caps = policy({ caps: [{ max: 3, per: 'PT10H' }] });
    const gaps = fc.array(fc.integer({ min: 0, max: 5 * hour }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(gaps, (waits) => {
        const ledger: SentRecord[] = [];
        let now = at;
        waits.forEach((wait, index) => {
          now += wait;
          const ask = { ...request, key: `m${index}`, at: now, deferUntil: now + 30 * day };
          const verdict = gate(ask, granted, caps, ledger);
          const when = verdict.verdict === 'defer' ? verdict.until : now;
          expect(gate({ ...ask, at: when }, granted, caps, ledger)).toEqual({ verdict: 'send' });
          now = when;
          ledger.push({ key: ask.key, at: when, channel: 'email', purpose: 'marketing' });
        });
        for (const record of ledger) {
          const within = ledger.filter((other) => other.at > record.at - 10 * hour && other.at <= record.at);
          expect(within.length).toBeLessThanOrEqual(3);
        }
      }),
    );
  });
});
