import { eventually } from '../support/poll.ts';
import type { Product } from './product.ts';

/** Whatever the zone of the machine, tests read the studio in Moscow, which knows no summer time. */
const moscow = 3 * 3_600_000;
const dayLength = 86_400_000;

const pipeline = {
  kind: 'pipeline',
  key: 'office',
  name: { en: 'Office', ru: 'Офис' },
  currency: 'RUB',
  stages: [{ key: 'new', name: { en: 'New', ru: 'Новая' } }],
};

const outcomes = [
  { key: 'reached', name: { en: 'Reached', ru: 'Дозвонились' } },
  { key: 'no-answer', name: { en: 'No answer', ru: 'Не отвечает' } },
];

export const within = { within: 60_000, every: 200 };

const vera = { email: 'vera@example.com', firstName: 'Vera', lastName: 'Kovaleva', company: 'Lumen', language: 'en' };

/** The people of the company, its pipeline, and a client. */
export async function found({ call }: Product): Promise<void> {
  for (const [user, name, role] of [
    ['olga', 'Olga Zaitseva', 'sales'],
    ['ivan', 'Ivan Petrov', 'sales'],
    ['maria', 'Maria Sokolova', 'sales-lead'],
  ]) {
    await call('PUT', `/users/${user}`, { name, role, email: `${user}@voronka.example`, language: 'en' });
  }
  await call('POST', '/definitions/pipeline/office/publish', { body: pipeline, by: 'test' });
  await call('POST', '/leads', vera);
}

/** Opens a deal of Vera's in the pipeline of the office. @returns ids */
export async function openDeal({ call }: Product, deal: object): Promise<{ contact: string; deal: string }> {
  const { id } = await call('POST', '/deals', { email: vera.email, pipeline: 'office', owner: 'olga', ...deal });
  const { contactId } = await eventually(() => call('GET', `/deals/${id}`), within);
  return { contact: String(contactId), deal: String(id) };
}

export interface Office {
  contact: string;
  deal: string;
  /** Ids of tasks by their titles. */
  tasks: Map<string, string>;
}

/** A day at work: something is late, something is due, something can wait. */
export async function openOffice(product: Product): Promise<Office> {
  const { call } = product;
  await found(product);
  const { contact, deal } = await openDeal(product, { title: 'Lamps for the office', amount: 480_000 });
  const { now } = await call('GET', '/clock');
  const midnight = Math.floor((Number(now) + moscow) / dayLength + 1) * dayLength - moscow;
  const at = (instant: number) => new Date(instant).toISOString();
  const tasks = new Map<string, string>();
  const plan = async (title: string, more: object) => {
    const { id } = await call('POST', '/tasks', { title, contactId: contact, assignee: 'olga', ...more });
    tasks.set(title, String(id));
  };
  await plan('Send the contract', {
    contactId: undefined,
    dealId: deal,
    due: at(Number(now) - 26 * 3_600_000),
    description: 'Vera asked twice. Clause 4 is agreed on; the rest is as in the template.',
  });
  await plan('Call back about the proposal', { due: at(midnight - 2_000), outcomes });
  await plan('Write down what was said', { due: at(midnight - 1_000) });
  await plan('Check the payment', { due: at(midnight + 10 * 3_600_000) });
  await plan('Congratulate on the anniversary', { due: at(midnight + 4 * dayLength) });
  await plan('Think about the spring offer', {});
  await plan('Call the new lead', { assignee: undefined, role: 'sales', due: at(midnight - 3_000) });
  await eventually(async () => {
    const { items } = await call('GET', `/tasks?contact=${contact}`);
    return Array.isArray(items) && items.length === tasks.size;
  }, within);
  return { contact, deal, tasks };
}
