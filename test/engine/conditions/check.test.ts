import { describe, expect, it } from 'vitest';
import { type ConditionScope, checkCondition } from '../../../engine/conditions/check.ts';
import { evaluate } from '../../../engine/conditions/evaluate.ts';
import { event, openTicket, values } from './values.ts';

const scope: ConditionScope = {
  names: ['contact', 'event', 'trigger', 'vars', 'now', 'stats'],
  calendars: ['office', 'support'],
  stats: ['orders', 'lastOrder'],
};

function problems(text: string, over: Partial<ConditionScope> = {}) {
  return checkCondition(text, { ...scope, ...over });
}

const ticket: Partial<ConditionScope> = { names: ['contact', 'ticket', 'now'] };

describe('what may be published', () => {
  it.each([
    'event.total >= 1000',
    'event.orderId == trigger.orderId',
    'event.flag',
    'contact.score.total >= 50 && contact.score.class == "hot"',
    'contact.score.total == 50',
    'contact.score.total in [10, 20]',
    'contact.score.total + 1 > 2.5',
    'contact.attributes.visits + 1 == 2',
    'contact.attributes.plan == null',
    '"vip" in contact.segments && contact.consent.email == "granted"',
    'has(contact.suppressed.email)',
    'contact.?owner.orValue("") == "olga"',
    'contact.attributes.?visits.orValue(0) > 3',
    'event.items.exists(i, i.price > 100)',
    'isOpen("office", now) && hour(now, "Europe/Moscow") < 12',
    'now - contact.createdAt > days(30)',
    'stats.orders > 2 && now - moment(stats.lastOrder) > days(90)',
    'contact.email.endsWith("@example.com")',
  ])('%s', (text) => {
    expect(problems(text)).toEqual([]);
  });
});

describe('what may be asked of a ticket', () => {
  it.each([
    'ticket.priority in ["high", "urgent"] && !ticket.accepted',
    'ticket.?topic.orValue("") == "billing" || "vip" in ticket.tags',
    'has(ticket.assignee) && ticket.assignee != contact.?owner.orValue("")',
    'ticket.reopened > 1 && now - ticket.createdAt > days(2)',
  ])('%s', (text) => {
    expect(problems(text, ticket)).toEqual([]);
    expect(evaluate(text, values({ ticket: openTicket }))).toMatchObject({ ok: true, value: true });
  });
});

describe('what is refused, with the reason and a suggestion', () => {
  const refused: [string, Partial<ConditionScope>, object][] = [
    ['event.total >=', {}, { code: 'CONDITION_INVALID', at: 14, message: 'Unexpected token: EOF at character 15' }],
    ['contakt.email == "a"', {}, { message: 'unknown name "contakt", did you mean "contact"?', suggestion: 'contact' }],
    [
      'contact.emial == "a"',
      {},
      { message: 'unknown field "emial" in contact.emial, did you mean "email"?', suggestion: 'email', at: 0 },
    ],
    ['contact.birthday == "a"', {}, { suggestion: 'contact.attributes.birthday' }],
    ['contact.score.totl > 1', {}, { suggestion: 'total' }],
    ['contact["emial"] == "a"', {}, { suggestion: 'email' }],
    ['has(contact.ownr)', {}, { suggestion: 'owner' }],
    ['stats.ordrs > 1', {}, { suggestion: 'orders' }],
    [
      'isOpen("ofice", now)',
      {},
      { message: 'unknown calendar "ofice", did you mean "office"?', suggestion: 'office', at: 7 },
    ],
    [
      'ticket.prority == "urgent"',
      ticket,
      { message: 'unknown field "prority" in ticket.prority, did you mean "priority"?', suggestion: 'priority', at: 0 },
    ],
    ['ticket.invoice == "7"', ticket, { message: 'unknown field "invoice" in ticket.invoice' }],
    ['ticket.accepted == "yes"', ticket, { message: expect.stringContaining('bool == string') }],
    ['deal.amount > 1', {}, { message: expect.stringContaining('unknown name "deal"') }],
    ['lenght(contact.email) > 1', {}, { message: expect.stringContaining('"lenght" may not be called') }],
    ['contact.email.startWith("a")', {}, { suggestion: 'startsWith' }],
    ['contact.email > 5', {}, { message: 'no such overload: string > int' }],
    ['event >= 5', {}, { message: expect.stringContaining('no such overload') }],
    ['contact.owner == null', {}, { suggestion: '!has(contact.owner)' }],
    ['1 + 1', {}, { message: 'it must answer bool, but answers int' }],
    ['event.orderId == "a"', { result: 'string' }, { message: 'it must answer string, but answers bool' }],
    ['now.getHours("Europe/Moscow") > 3', {}, { message: expect.stringContaining('use hour(now') }],
    ['event.total = 3', {}, { code: 'CONDITION_INVALID' }],
    ['', {}, { code: 'CONDITION_INVALID' }],
  ];
  it.each(refused)('%s', (text, over, expected) => {
    expect(problems(text, over)[0]).toMatchObject(expected);
  });

  it('tells every unknown name at once', () => {
    expect(problems('evnt.total > 1 && contact.emial == "a" && isOpen("ofice", now)')).toHaveLength(3);
  });

  it('takes other results where asked', () => {
    expect(problems('event.orderId', { result: 'string' })).toEqual([]);
    expect(problems('contact.email', { result: 'string' })).toEqual([]);
    expect(problems('{"a": 1}', { result: 'any' })).toEqual([]);
  });
});

describe('what could run away', () => {
  const list = `[${Array.from({ length: 60 }, (_, i) => i).join(',')}]`;
  const bombs: [string, string][] = [
    [
      'a pattern with catastrophic backtracking',
      '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!".matches("^(a+)+$")',
    ],
    ['loops in loops in loops', `${list}.all(a, ${list}.all(b, ${list}.all(c, a + b + c >= 0)))`],
    ['loops in loops over data', 'event.items.all(a, event.items.all(b, event.items.all(c, a.x + b.x + c.x >= 0)))'],
    ['a list that doubles', `[1]${'.map(l, [l, l])'.repeat(4)} == []`],
    ['a text that doubles', `["a"]${'.map(l, l + l)'.repeat(4)} == []`],
    ['bindings that double', 'cel.bind(a, [1, 2], cel.bind(b, a + a, size(b + b) > 1))'],
    ['sums of lists in a loop', `event.items.all(i, ${'event.items + '.repeat(70)}event.items != [])`],
    ['a loop over a sum of lists', `(${'event.items + '.repeat(70)}event.items).all(i, i != 1)`],
    ['many loops', `${'event.items.all(i, i > 0) && '.repeat(5)}true`],
    ['deep nesting', `${'('.repeat(200)}1${')'.repeat(200)} == 1`],
    ['a long chain', `${'!'.repeat(1900)}true`],
    ['a long text', `"${'a'.repeat(3000)}" == "a"`],
    ['a long list', `1 in [${'1,'.repeat(150)}1]`],
    ['many operators', `${'1 + '.repeat(400)}1 > 0`],
  ];
  it.each(bombs)('%s', (_, text) => {
    const before = process.cpuUsage();
    expect(problems(text)[0]).toMatchObject({ code: 'CONDITION_TOO_COSTLY' });
    expect(
      evaluate(text, values({ event: event({ items: Array.from({ length: 1000 }, () => ({ x: 1 })) }) })),
    ).toMatchObject({ ok: false });
    const spent = process.cpuUsage(before);
    expect((spent.user + spent.system) / 1000).toBeLessThan(250);
  });

  it.each([
    `event.items.all(i, ${Array.from({ length: 45 }, () => '!(0.5 in event.items)').join(' && ')})`,
    'event.items.all(i, event.items + event.items + event.items + event.items + event.items != [])',
    `${'event.items + '.repeat(75)}event.items != []`,
  ])('lets through what stays within bounds (%#)', (text) => {
    const before = process.cpuUsage();
    expect(problems(text)).toEqual([]);
    const items = Array.from({ length: 990 }, (_, i) => i);
    expect(evaluate(text, values({ event: event({ items }) }))).toMatchObject({ ok: true, value: true });
    const spent = process.cpuUsage(before);
    expect((spent.user + spent.system) / 1000).toBeLessThan(1000);
  });

  it('refuses to loop over more data than it can bear', () => {
    const items = Array.from({ length: 20_000 }, (_, i) => i);
    const over = values({ event: event({ items }) });
    expect(evaluate('event.items.exists(i, i in event.items)', over)).toMatchObject({ code: 'CONDITION_TOO_COSTLY' });
    expect(evaluate('event.items == event.items', over)).toMatchObject({ code: 'CONDITION_TOO_COSTLY' });
    expect(
      evaluate('event.items.exists(i, i in event.items)', values({ event: event({ items: items.slice(0, 900) }) })),
    ).toMatchObject({
      value: true,
    });
  });
});
