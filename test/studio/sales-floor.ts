import { eventually } from '../support/poll.ts';
import type { Product } from './product.ts';

/** Stages with guards of every kind, and an end that asks for a reason. */
const pipeline = {
  kind: 'pipeline',
  key: 'studio-sales',
  name: { en: 'Studio sales', ru: 'Продажи студии' },
  stages: [
    { key: 'new', name: { en: 'New', ru: 'Новая' } },
    {
      key: 'offer',
      name: { en: 'Offer', ru: 'Предложение' },
      guards: [
        {
          id: 'amount',
          fields: ['deal.amount'],
          message: { en: 'Say how much the deal is worth.', ru: 'Укажите сумму сделки.' },
        },
        {
          id: 'reachable',
          when: 'has(contact.phone)',
          message: { en: 'Somebody must be able to call.', ru: 'Нужен телефон.' },
        },
      ],
    },
    {
      key: 'contract',
      name: { en: 'Contract', ru: 'Договор' },
      guards: [{ id: 'head', roles: ['head'], message: { en: 'The head decides.', ru: 'Решает руководитель.' } }],
    },
  ],
  lostReasons: [
    { key: 'price', name: { en: 'Too expensive', ru: 'Дорого' } },
    { key: 'silent', name: { en: 'No answer', ru: 'Нет ответа' } },
  ],
};

const soon = (id: string) => ({
  within: 'PT2S',
  steps: [{ id, type: 'notify-user', to: { role: 'head' }, text: 'Look' }],
});

/** Another one, in whose only stage a deal is too late almost at once. */
const renewals = {
  ...pipeline,
  key: 'studio-renewals',
  name: { en: 'Renewals', ru: 'Продления' },
  stages: [{ key: 'asked', name: { en: 'Asked', ru: 'Спросили' }, deadline: soon('late'), idle: soon('idle') }],
};

export interface Floor {
  /** Ids of deals: a lamp without amount and phone, and a machine that may go on. */
  lamp: string;
  machine: string;
  /** Id of the contact of the machine. */
  buyer: string;
}

/** Sellers, two pipelines and two deals of two customers. */
export async function openFloor({ call }: Product): Promise<Floor> {
  for (const [key, name, role] of [
    ['sonya', 'Sonya Belova', 'sales'],
    ['hanna', 'Hanna Weiss', 'head'],
  ] as const) {
    await call('PUT', `/users/${key}`, { name, role, language: 'en' });
  }
  for (const body of [pipeline, renewals]) {
    await call('POST', `/definitions/pipeline/${body.key}/publish`, { body, by: 'test' });
  }
  await call('POST', '/leads', { email: 'lena@example.com', firstName: 'Лена', lastName: 'Крылова' });
  await call('POST', '/leads', {
    email: 'boris@example.com',
    phone: '+79161234567',
    firstName: 'Boris',
    lastName: 'Stein',
    company: 'Stein & Sons',
  });
  const open = async (body: object): Promise<string> => {
    const { id } = await call('POST', '/deals', { pipeline: pipeline.key, ...body });
    await eventually(async () => await call('GET', `/deals/${String(id)}`).catch(() => false), { within: 60_000 });
    return String(id);
  };
  const lamp = await open({ email: 'lena@example.com', title: 'Лампы для школы' });
  const machine = await open({
    email: 'boris@example.com',
    title: 'A printing machine',
    owner: 'sonya',
    items: [
      { name: 'Machine', quantity: 1, price: 100_000, tax: 20 },
      { name: 'Paper', quantity: 10, price: 50, tax: 20 },
    ],
  });
  const { contactId } = await call('GET', `/deals/${machine}`);
  return { lamp, machine, buyer: String(contactId) };
}
