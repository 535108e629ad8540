import { describe, expect, it } from 'vitest';
import { ArticleIndex, type RankedArticle } from '../../../engine/knowledge/rank.ts';
import { stems } from '../../../engine/knowledge/words.ts';

function article(
  key: string,
  ru: [string, string] | null,
  en: [string, string] | null,
  more: Partial<RankedArticle> = {},
) {
  return {
    key,
    title: { ...(ru && { ru: ru[0] }), ...(en && { en: en[0] }) },
    body: { ...(ru && { ru: ru[1] }), ...(en && { en: en[1] }) },
    topics: [],
    marks: {},
    ...more,
  };
}

const refunds = article(
  'refunds',
  ['Как вернуть товар', 'Возврат денег занимает десять дней. Приложите чек и заявление.'],
  ['How to return goods', 'Refunds take ten days. Attach the receipt and a request.'],
  { topics: ['billing'] },
);
const delivery = article(
  'delivery-times',
  ['Сроки доставки', 'Курьер привозит заказы за два дня, в отдалённые города за неделю.'],
  ['Delivery times', 'The courier brings orders within two days, to distant towns within a week.'],
  { topics: ['delivery'] },
);
const invoices = article('invoices', null, ['Invoices', 'An invoice comes with every payment.'], {
  topics: ['billing'],
});
const index = new ArticleIndex([refunds, delivery, invoices]);

describe('words', () => {
  it('are one word in all their forms, in Russian and in English', () => {
    expect(new Set(stems('возврат возврата возвратом возвратами'))).toEqual(new Set(stems('возврат')));
    expect(new Set(stems('refund refunds refunding refunded'))).toEqual(new Set(stems('refund')));
    expect(stems('отдалённый')).toEqual(stems('отдаленный'));
  });

  it('say nothing when they stand everywhere', () => {
    expect(stems('Здравствуйте, а где же мой заказ?')).toEqual(stems('заказ'));
  });
});

describe('suggested answers', () => {
  it('are found by other forms of the same words', () => {
    const [first] = index.suggest({ text: 'Когда будут деньги по возврату? Чеки приложил', language: 'ru' });
    expect(first).toMatchObject({ key: 'refunds', language: 'ru' });
    expect(first?.why.words.length).toBeGreaterThanOrEqual(2);
    expect(index.suggest({ text: 'my couriers never came', language: 'en' })[0]).toMatchObject({
      key: 'delivery-times',
    });
  });

  it('come in the language of the contact where there is such a text, else in the one there is', () => {
    expect(index.suggest({ text: 'invoice', language: 'ru' })[0]).toMatchObject({ key: 'invoices', language: 'en' });
    expect(index.suggest({ text: 'refund возврат', language: 'ru' })[0]).toMatchObject({
      key: 'refunds',
      language: 'ru',
    });
  });

  it('of the topic are suggested even when no word is shared, after those that share one', () => {
    const found = index.suggest({ text: 'invoice', topic: 'billing', language: 'en' });
    expect(found.map(({ key }) => key)).toEqual(['invoices', 'refunds']);
    expect(found[1]?.why).toMatchObject({ words: [], topic: true });
    expect(index.suggest({ text: 'zzz', language: 'en' })).toEqual([]);
  });

  it('that helped before rise, those that did not sink, and marks of the topic weigh most', () => {
    const twin = (key: string, marks: RankedArticle['marks']) =>
      article(key, null, ['Password', 'Choose a new password on the sign-in page.'], { marks });
    const keys = (topic: string | undefined, ...articles: RankedArticle[]) =>
      new ArticleIndex(articles)
        .suggest({ text: 'password', language: 'en', ...(topic !== undefined && { topic }) })
        .map(({ key }) => key);
    expect(keys(undefined, twin('a', {}), twin('b', { '-': { helped: 5, not: 0 } }))).toEqual(['b', 'a']);
    expect(keys(undefined, twin('a', { '-': { helped: 0, not: 5 } }), twin('b', {}))).toEqual(['b', 'a']);
    const elsewhere = twin('a', { billing: { helped: 6, not: 0 } });
    const here = twin('b', { access: { helped: 4, not: 0 } });
    expect(keys('access', elsewhere, here)).toEqual(['b', 'a']);
  });

  it('do not move much by one mark', () => {
    const strong = article('strong', null, ['Password', 'password password'], {
      marks: { '-': { helped: 0, not: 1 } },
    });
    const weak = article(
      'weak',
      null,
      ['Sign in', 'A long text about many other things and, at its end, a password.'],
      {
        marks: { '-': { helped: 1, not: 0 } },
      },
    );
    expect(new ArticleIndex([strong, weak]).suggest({ text: 'password', language: 'en' })[0]?.key).toBe('strong');
  });

  it('stand a letter of many pages', () => {
    const letter = 'возврат товара номер '.repeat(20_000);
    expect(index.suggest({ text: letter, language: 'ru' })[0]?.key).toBe('refunds');
  });
});

describe('a search by hand', () => {
  it('takes an unfinished last word and a slip in a long one', () => {
    expect(index.find('срок доста', 'ru').map(({ key }) => key)).toEqual(['delivery-times']);
    expect(index.find('curier', 'en').map(({ key }) => key)).toEqual(['delivery-times']);
    expect(index.find('refund delivery', 'en')).toEqual([]);
  });
});
