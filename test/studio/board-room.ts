import { eventually } from '../support/poll.ts';
import { found, openDeal, within } from './office.ts';
import type { Product } from './product.ts';

const shared = { kind: 'process', subject: 'deal', settings: { purpose: 'transactional' } };
const opened = (when: string) => [{ on: 'event', event: 'deal.created', when }];

/** Large deals: their proposal passes the lawyer, then both heads; the board is asked above a million. */
const offers = {
  ...shared,
  key: 'office-offers',
  name: 'Offers',
  triggers: opened('deal.amount >= 100000'),
  steps: [
    { id: 'offer', type: 'generate-document', template: 'proposal', into: 'offer' },
    {
      id: 'ask',
      type: 'request-approval',
      title: { en: 'Offer: {{deal.title}}', ru: 'Предложение: {{deal.title}}' },
      document: 'offer',
      stages: [
        { id: 'lawyers', name: { en: 'Lawyers', ru: 'Юристы' }, approvers: [{ user: 'ivan' }] },
        { id: 'heads', name: { en: 'Heads', ru: 'Руководители' }, approvers: [{ user: 'olga' }, { user: 'maria' }] },
        { id: 'board', name: 'Board', when: 'deal.amount > 1000000', approvers: [{ user: 'maria' }] },
      ],
      within: 'P3D',
      into: 'approval',
    },
    { id: 'done', type: 'end', outcome: 'decided' },
  ],
};

/** Small ones: a word of Olga's is enough. */
const discounts = {
  ...shared,
  key: 'office-discounts',
  name: 'Discounts',
  triggers: opened('deal.amount < 100000'),
  steps: [
    {
      id: 'ask',
      type: 'request-approval',
      title: { en: 'Discount: {{deal.title}}', ru: 'Скидка: {{deal.title}}' },
      amount: { cel: 'deal.amount' },
      currency: 'RUB',
      stages: [{ id: 'sales', approvers: [{ user: 'olga' }] }],
      into: 'approval',
    },
    { id: 'done', type: 'end', outcome: 'decided' },
  ],
};

const items = [
  { name: 'Светильник подвесной «Луна»', quantity: 24, price: 15_000, tax: 20 },
  { name: 'Монтаж и настройка', quantity: 1, price: 120_000, tax: 20 },
];

export interface Asked {
  id: string;
  title: string;
  document?: { id: string; number: string };
}

/** Deals whose offers and discounts are asked about. @returns the approvals by the titles of their deals */
export async function askAround(product: Product): Promise<Map<string, Asked>> {
  const { call } = product;
  await found(product);
  for (const body of [offers, discounts]) {
    await call('POST', `/definitions/process/${body.key}/publish`, { body, by: 'test' });
  }
  for (const title of ['Lamps', 'Garlands', 'Lanterns']) await openDeal(product, { title, items });
  for (const title of ['Candles', 'Torches']) await openDeal(product, { title, amount: 40_000 });
  const approvals = await eventually(async () => {
    const { items: asked } = await call('GET', '/approvals');
    return Array.isArray(asked) && asked.length === 5 && asked;
  }, within);
  return new Map(approvals.map((one) => [one.deal.title, { ...one, title: one.title.en }]));
}
