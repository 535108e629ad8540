import { describe, expect, it } from 'vitest';
import { checkCondition } from '../../../engine/conditions/check.ts';
import { evaluate } from '../../../engine/conditions/evaluate.ts';
import { contact, now, values } from './values.ts';

const day = 86_400_000;
const money = {
  ...{ currency: 'RUB', orders: 2, ordered: 500.5, paid: 400, average: 250.25 },
  firstOrderAt: now - 40 * day,
  lastOrderAt: now - day,
  other: [{ currency: 'EUR', orders: 1, ordered: 5, paid: 0 }],
};

describe('contact.money', () => {
  it.each([
    ['contact.money.orders >= 2 && contact.money.paid < contact.money.ordered', true],
    ['contact.money.average', 250.25],
    ['now - contact.money.lastOrderAt < duration("48h")', true],
    ['contact.money.other.exists(one, one.currency == "EUR" && one.ordered == 5)', true],
  ])('%s', (text, answer) => {
    expect(checkCondition(text, { names: ['contact', 'now'], result: 'any' })).toEqual([]);
    expect(evaluate(text, values({ contact: contact({ money }) }))).toMatchObject({ ok: true, value: answer });
  });

  it('is nothing, not missing, of somebody who never ordered', () => {
    expect(evaluate('contact.money.paid == 0 && !has(contact.money.lastOrderAt)', values())).toMatchObject({
      value: true,
    });
  });

  it('has only the fields that are written', () => {
    const scope = { names: ['contact', 'deal'] as const };
    expect(checkCondition('contact.money.payd > 1', scope)).toMatchObject([{ suggestion: 'paid' }]);
    expect(checkCondition('has(deal.amount) && deal.paid >= deal.amount', scope)).toEqual([]);
  });
});
