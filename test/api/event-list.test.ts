import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventList, plainEventList } from '../../api/event-list.ts';
import { itemsOf, toStored } from '../../store/intake.ts';
import type { IntakeItem } from '../../store/models/intake.ts';

const values = {
  event: fc.oneof(
    fc.constantFrom('page.viewed', 'order.placed', 'message.opened', 'Not A Name', 'page'),
    fc.stringMatching(/^[a-z]{1,60}\.[a-z]{1,60}$/),
    fc.jsonValue(),
  ),
  data: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue()),
  email: fc.oneof(fc.emailAddress(), fc.string(), fc.constant(`${'a'.repeat(250)}@example.com`), fc.jsonValue()),
  contactId: fc.oneof(fc.string({ maxLength: 70 }), fc.jsonValue()),
  phone: fc.constantFrom('+79123456789', '1', null),
  occurredAt: fc.oneof(fc.integer(), fc.double(), fc.constantFrom('2026-11-22T10:00:00Z', 'now')),
  contact: fc.constantFrom({ firstName: 'Anna' }, {}),
  other: fc.jsonValue(),
};
const event = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ event: fc.constant('page.viewed'), email: fc.emailAddress(), data: values.data }),
  },
  { weight: 3, arbitrary: fc.record(values, { requiredKeys: ['event', 'data'] }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const body = fc.oneof(
  { weight: 8, arbitrary: fc.record({ events: fc.array(event, { maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ events: fc.array(event), more: fc.jsonValue() }) },
  { weight: 1, arbitrary: event },
);

describe('events that are taken as they came', () => {
  it('are what the schema would make of them', () => {
    let plain = 0;
    fc.assert(
      fc.property(body, (given) => {
        const came: unknown = JSON.parse(JSON.stringify(given));
        const made = plainEventList(came);
        if (made === undefined) return;
        plain += 1;
        expect(eventList.safeParse(came)).toEqual({ success: true, data: made });
      }),
      { numRuns: 5_000 },
    );
    expect(plain).toBeGreaterThan(300);
  });

  it('are those with an address, a name and data, up to a thousand', () => {
    const viewed = { event: 'page.viewed', email: 'anna@example.com', data: { url: '/' } };
    const many = (count: number) => ({ events: Array.from({ length: count }, () => viewed) });
    for (const list of [many(1), many(1000)]) expect(plainEventList(list)).toBe(list);
    expect(plainEventList(viewed)).toEqual(many(1));
    const reserved = { ...viewed, event: 'message.opened' };
    const others = [many(0), many(1001), { events: [reserved] }, reserved, { ...viewed, events: [] }];
    expect(others.map(plainEventList)).toEqual(Array(5).fill(undefined));
  });
});

describe('items in the store', () => {
  const item = (id: string, more: Partial<IntakeItem> = {}): IntakeItem => ({
    kind: 'event',
    id,
    body: { event: 'page.viewed', data: { [id]: 1 } },
    source: 'api',
    ...more,
  });
  it.each([
    ['none', []],
    ['of one request', [item('r.0'), item('r.1'), item('r.2')]],
    ['with an id of its own', [item('r.0'), item('other')]],
    ['in another order', [item('r.1'), item('r.0')]],
    ['of several kinds', [item('r.0'), item('r.1', { kind: 'lead' })]],
    ['of several sources', [item('r.0'), item('r.1', { source: 'person:anna' })]],
  ])('come back as they went: %s', (_, items) => {
    const doc = { _id: 'r', items, receivedAt: new Date(0), status: 'pending', applied: 0, problems: [] } as const;
    expect(itemsOf(toStored({ ...doc, items, problems: [] }))).toEqual(items);
  });
});
