import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeContacts } from '../../../engine/contacts/merge.ts';
import { unmergeContacts } from '../../../engine/contacts/unmerge.ts';
import type { ContactView } from '../../../engine/model/contact.ts';
import { contact, now } from '../conditions/values.ts';

const kept = contact({ id: 'a', email: 'anna@example.com', segments: ['vip'], createdAt: now - 2000 });
delete kept.phone;
const before = contact({
  id: 'b',
  phone: '+79123456789',
  lastName: 'Ivanova',
  attributes: { town: 'Kazan', size: 5 },
  segments: ['vip', 'guests', 'live'],
  arms: { 'p/arm': 'gift' },
  createdAt: now - 1000,
});
delete before.email;
const merged = mergeContacts(kept, before).survivor;
const isSet = (segment: string) => segment !== 'live';
const undo = (change: Partial<ContactView> = {}) =>
  unmergeContacts({ ...structuredClone(merged), ...change }, { kept, before }, isSet);

describe('undoing a merge', () => {
  it('gives both back what they had', () => {
    const { survivor, restored, changes, stayed } = undo();
    expect(survivor).toEqual({ ...kept, segments: ['vip', 'live'] });
    expect(restored).toEqual(before);
    expect(changes).toContainEqual({ field: 'phone', from: '+79123456789', to: null });
    expect(stayed).toEqual([]);
  });

  it('leaves with the survivor what has changed since', () => {
    const { survivor, stayed, changes } = undo({
      lastName: 'Petrova',
      company: 'Acme',
      attributes: { ...merged.attributes, town: 'Perm' },
    });
    expect(survivor).toMatchObject({ lastName: 'Petrova', company: 'Acme', attributes: { town: 'Perm' } });
    expect(stayed.sort()).toEqual(['attributes.town', 'lastName']);
    expect(changes.map(({ field }) => field)).toContain('attributes.size');
  });

  it('takes a withdrawal for both, and gives no grant to an address that goes away', () => {
    const withdrawn = undo({ consent: { email: 'withdrawn', sms: 'withdrawn' } });
    expect(withdrawn.survivor.consent).toEqual({ email: 'withdrawn', sms: 'withdrawn' });
    expect(withdrawn.restored.consent).toEqual({ email: 'withdrawn', sms: 'withdrawn' });
    const granted = undo({ consent: { ...merged.consent, sms: 'granted' } });
    expect(granted.survivor.consent.sms).toBe(kept.consent.sms);
  });

  it('lets a closed address go with its contact, and a person’s complaint hold for both', () => {
    const bounced = undo({ suppressed: { sms: 'bounced' } });
    expect([bounced.survivor.suppressed, bounced.restored.suppressed]).toEqual([{}, { sms: 'bounced' }]);
    const own = undo({ suppressed: { email: 'bounced' } });
    expect([own.survivor.suppressed, own.restored.suppressed]).toEqual([{ email: 'bounced' }, {}]);
    const complained = undo({ suppressed: { email: 'complained' } });
    expect([complained.survivor.suppressed, complained.restored.suppressed]).toEqual([
      { email: 'complained' },
      { email: 'complained' },
    ]);
  });

  it('never opens a channel that either of the two or the merged one had closed by the person', () => {
    const consent = fc.constantFrom('granted' as const, 'withdrawn' as const, 'unknown' as const);
    const consents = fc.record({ email: consent, sms: consent });
    fc.assert(
      fc.property(consents, consents, consents, (one, two, since) => {
        const a = { ...kept, consent: one };
        const b = { ...before, consent: two };
        const present = { ...mergeContacts(a, b).survivor, consent: since };
        const { survivor, restored } = unmergeContacts(present, { kept: a, before: b }, isSet);
        for (const channel of ['email', 'sms'] as const) {
          const granted = [survivor, restored].filter((each) => each.consent[channel] === 'granted');
          if (since[channel] === 'withdrawn') expect(granted).toEqual([]);
          if (two[channel] === 'withdrawn') expect(restored.consent[channel]).toBe('withdrawn');
        }
      }),
    );
  });
});
