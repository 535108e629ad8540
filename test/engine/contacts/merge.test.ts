import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContactFields, type MergeRule, mergeAttributes, mergeContacts } from '../../../engine/contacts/merge.ts';
import { contact, now } from '../conditions/values.ts';

const fill: MergeRule = { rule: 'fill-empty', at: now, changedAt: now - 1000 };
const overwrite: MergeRule = { rule: 'overwrite', at: now, changedAt: now - 1000 };
const anna: ContactFields = {
  email: 'anna@example.com',
  firstName: 'Anna',
  company: ' ',
  attributes: { city: 'Moscow', tags: [] },
};

describe('a lead on a known contact', () => {
  const lead = {
    phone: ' 8 912 345-67-89 ',
    firstName: 'Anya',
    company: 'Acme ',
    attributes: { city: 'Kazan', tags: ['vip'], size: 5 },
  };

  it('fills what is empty and tells what it changed', () => {
    expect(mergeAttributes(anna, lead, fill)).toEqual({
      fields: {
        email: 'anna@example.com',
        phone: '8 912 345-67-89',
        firstName: 'Anna',
        company: 'Acme',
        attributes: { city: 'Moscow', tags: ['vip'], size: 5 },
      },
      changes: [
        { field: 'phone', from: null, to: '8 912 345-67-89' },
        { field: 'company', from: ' ', to: 'Acme' },
        { field: 'attributes.tags', from: [], to: ['vip'] },
        { field: 'attributes.size', from: null, to: 5 },
      ],
    });
  });

  it('overwrites where the rule says so', () => {
    const { fields, changes } = mergeAttributes(anna, lead, overwrite);
    expect(fields).toMatchObject({ firstName: 'Anya', attributes: { city: 'Kazan' } });
    expect(changes).toContainEqual({ field: 'attributes.city', from: 'Moscow', to: 'Kazan' });
  });

  it('that is older than what is known only fills', () => {
    const late = { ...overwrite, at: overwrite.changedAt - 1 };
    expect(mergeAttributes(anna, lead, late)).toEqual(mergeAttributes(anna, lead, fill));
  });

  it('never changes the address that the contact is known by', () => {
    const { fields, changes } = mergeAttributes(anna, { email: 'other@example.com' }, overwrite);
    expect(fields.email).toBe('anna@example.com');
    expect(changes).toEqual([]);
  });

  it('changes nothing where it says nothing new', () => {
    const same = { firstName: ' Anna', attributes: { city: 'Moscow' } };
    expect(mergeAttributes(anna, same, overwrite)).toEqual({ fields: anna, changes: [] });
    const nested = { attributes: { address: { city: 'Moscow', street: 'Arbat' } } };
    expect(
      mergeAttributes(nested, { attributes: { address: { street: 'Arbat', city: 'Moscow' } } }, overwrite).changes,
    ).toEqual([]);
  });

  it('keeps a field that is named like a part of the language', () => {
    const attributes = JSON.parse('{"__proto__": "x", "constructor": "y"}');
    const { fields } = mergeAttributes({ attributes: {} }, { attributes }, fill);
    expect(Object.entries(fields.attributes)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });

  it('never erases, whatever comes in', () => {
    const value = fc.oneof(fc.constantFrom(null, '', '  ', []), fc.string(), fc.integer(), fc.array(fc.integer()));
    const attributes = fc.dictionary(fc.constantFrom('city', 'tags', 'plan'), value);
    fc.assert(
      fc.property(attributes, attributes, fc.constantFrom(fill, overwrite), (had, incoming, rule) => {
        const { fields, changes } = mergeAttributes({ attributes: had }, { attributes: incoming, firstName: '' }, rule);
        for (const [name, before] of Object.entries(had)) {
          const full =
            before !== null &&
            !(typeof before === 'string' && before.trim() === '') &&
            !(Array.isArray(before) && before.length === 0);
          if (full) expect(JSON.stringify(fields.attributes[name])).not.toMatch(/^(null|"\s*"|\[\])$/);
          if (full && rule === fill) expect(fields.attributes[name]).toEqual(before);
        }
        for (const change of changes) expect(change.from).not.toEqual(change.to);
        expect(mergeAttributes(fields, { attributes: incoming }, rule).changes).toEqual([]);
      }),
    );
  });
});

describe('two contacts that are one person', () => {
  const older = contact({
    id: 'old',
    createdAt: now - 2000,
    company: undefined,
    attributes: { city: 'Moscow' },
    segments: ['customers'],
    consent: { email: 'granted', sms: 'unknown' },
    suppressed: { email: 'bounced' },
    arms: { 'repeat/offer': 'a' },
  });
  const younger = contact({
    id: 'new',
    createdAt: now - 1000,
    email: 'ANNA@example.com',
    phone: '+79123456789',
    company: 'Acme',
    attributes: { city: 'Kazan', size: 5 },
    segments: ['customers', 'silent'],
    consent: { email: 'withdrawn', sms: 'granted' },
    suppressed: { email: 'complained', sms: 'invalid' },
    arms: { 'repeat/offer': 'b', 'welcome/hour': 'b' },
  });

  it('become the older one, filled from the other, in either order', () => {
    const merged = mergeContacts(older, younger);
    expect(mergeContacts(younger, older)).toEqual(merged);
    expect(merged.absorbed).toBe('new');
    expect(merged.survivor).toEqual({
      ...older,
      phone: '+79123456789',
      company: 'Acme',
      attributes: { city: 'Moscow', size: 5 },
      segments: ['customers', 'silent'],
      consent: { email: 'withdrawn', sms: 'granted' },
      suppressed: { email: 'bounced', sms: 'invalid' },
      arms: { 'repeat/offer': 'a', 'welcome/hour': 'b' },
    });
    expect(merged.changes.map((change) => change.field)).toEqual(['phone', 'company', 'attributes.size']);
  });

  it('keep a withdrawal, whoever made it (mautic#11679, keila#259)', () => {
    for (const consent of ['granted', 'unknown', 'withdrawn'] as const) {
      const other = contact({ id: 'other', consent: { email: consent, sms: 'unknown' } });
      const gone = contact({ id: 'gone', consent: { email: 'withdrawn', sms: 'unknown' } });
      expect(mergeContacts(other, gone).survivor.consent.email).toBe('withdrawn');
      expect(mergeContacts(gone, other).survivor.consent.email).toBe('withdrawn');
    }
  });

  it('do not carry a grant over to another address', () => {
    const first = contact({
      id: 'a',
      createdAt: 1,
      email: 'a@example.com',
      consent: { email: 'unknown', sms: 'unknown' },
    });
    const second = contact({
      id: 'b',
      createdAt: 2,
      email: 'b@example.com',
      consent: { email: 'granted', sms: 'unknown' },
    });
    expect(mergeContacts(first, second).survivor).toMatchObject({
      email: 'a@example.com',
      consent: { email: 'unknown' },
    });
  });
});
