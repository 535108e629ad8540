import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/json.ts';
import { end, Journey, processOf } from '../process/journey.ts';

const splitOf = (more: JsonObject) =>
  processOf([{ id: 'ab', type: 'split', next: { a: 'a', b: 'b', c: 'c' }, ...more }, end('a'), end('b'), end('c')]);

/** Plays a contact to its arm, recording the arm on the contact as the runtime does. */
function arm(more: JsonObject, id: string, arms: Record<string, string> = {}): string | undefined {
  const journey = Journey.begin(splitOf(more), { contact: { id, arms } });
  return journey.last.outcome ?? journey.performed().last.outcome;
}

const contacts = Array.from({ length: 2000 }, (_, n) => `contact-${n}`);

describe('Split', () => {
  it('draws the arm from contact, process and step against the weights', () => {
    const taken = contacts.map((id) => arm({ arms: { a: 70, b: 30 }, sticky: false }, id));
    const share = taken.filter((one) => one === 'a').length / contacts.length;
    expect(share).toBeGreaterThan(0.66);
    expect(share).toBeLessThan(0.74);
    expect(contacts.map((id) => arm({ arms: { a: 70, b: 30 }, sticky: false }, id))).toEqual(taken);
  });

  it('draws anew for another step', () => {
    const one = contacts.map((id) => arm({ arms: { a: 1, b: 1 }, sticky: false }, id));
    const other = contacts.map((id) => arm({ id: 'other', arms: { a: 1, b: 1 }, sticky: false }, id));
    const same = one.filter((taken, index) => taken === other[index]).length / contacts.length;
    expect(same).toBeGreaterThan(0.45);
    expect(same).toBeLessThan(0.55);
  });

  it('never takes an arm of weight 0', () => {
    expect(new Set(contacts.map((id) => arm({ arms: { a: 0, b: 1 }, sticky: false }, id)))).toEqual(new Set(['b']));
  });

  it('records the arm on the contact before it goes on', () => {
    const journey = Journey.begin(splitOf({ arms: { a: 1, b: 0 } }));
    expect(journey.effects).toEqual([
      {
        name: 'update-record',
        key: 'i/ab/1',
        instance: 'i',
        item: { subject: { kind: 'contact', id: 'anna', contactId: 'anna' }, set: { 'arms.journey/ab': 'a' } },
      },
    ]);
    expect(journey.at).toEqual(['ab']);
    expect(journey.performed().last.outcome).toBe('a');
    expect(journey.state.arms).toEqual({ ab: 'a' });
  });

  it('keeps the arm on re-entry and under changed weights', () => {
    const kept = Journey.begin(splitOf({ arms: { a: 1, b: 0 } }), { contact: { arms: { 'journey/ab': 'b' } } });
    expect(kept.last.outcome).toBe('b');
    expect(kept.effects).toEqual([]);
  });

  it('draws again when the kept arm is gone, or with sticky: false', () => {
    const arms = { 'journey/ab': 'b' };
    expect(arm({ arms: { a: 1, c: 0 } }, 'anna', arms)).toBe('a');
    expect(arm({ arms: { a: 1, b: 0 }, sticky: false }, 'anna', arms)).toBe('a');
  });

  it('keeps the arm of this instance also before the record is read again', () => {
    const process = processOf([
      { id: 'ab', type: 'split', arms: { a: 1, b: 1 } },
      { id: 'w', type: 'wait', for: 'PT1H', next: 'ab' },
    ]);
    const journey = Journey.begin(process).performed().pass('PT1H').due();
    expect(journey.effects).toHaveLength(1);
    expect(journey.state.visits.ab).toBe(2);
  });
});
