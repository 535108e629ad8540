import { expect, it } from 'vitest';
import { eventually } from '../support/poll.ts';
import { breaches } from './accessibility.ts';
import { troubles } from './browser.ts';
import type { Product } from './product.ts';
import { useStudio } from './studio.ts';

const email = 'buyer@example.com';

/** A contact with orders, payments, a refund that does not count, and an order that could not be read. */
async function sell({ call }: Product): Promise<string> {
  const tell = (event: string, data: object) => ({ email, event, data });
  await call('POST', '/events', {
    events: [
      tell('order.placed', { orderId: 'A-1', amount: 1200.5 }),
      tell('order.placed', { orderId: 'A-2', amount: 800 }),
      tell('order.cancelled', { orderId: 'A-2' }),
      tell('payment.received', { paymentId: 'p', orderId: 'A-1', amount: 1000 }),
      tell('payment.received', { paymentId: 'q', amount: 7, currency: 'EUR' }),
      tell('payment.refunded', { paymentId: 'p', amount: 2000 }),
      tell('order.placed', { orderId: 'A-3', amount: -1 }),
    ],
  });
  const find = async () => {
    const { items } = await call('GET', `/contacts?search=${email}`);
    return Array.isArray(items) && items[0]?.money !== undefined ? String(items[0].id) : undefined;
  };
  await eventually(async () => (await find()) !== undefined, { within: 60_000, every: 200 });
  return (await find()) ?? '';
}

const studio = useStudio(sell);

it('the card of a contact shows what was ordered and paid, and what does not count and why', async () => {
  const page = await studio.open(`/contacts/${studio.seeded}`);
  const trouble = troubles(page);
  const panel = page.getByRole('region', { name: 'Orders and payments' });
  await panel.getByText('RUB 1,000', { exact: true }).first().waitFor();
  const text = ((await panel.textContent()) ?? '').replaceAll('\u00a0', ' ');
  for (const part of ['Paid', 'RUB 1,200.50', 'Average check', 'Besides: €7 paid, €0 ordered']) {
    expect(text).toContain(part);
  }
  const lines = await panel.getByRole('listitem').allInnerTexts();
  expect(lines).toHaveLength(5);
  const line = (start: string) => lines.find((one) => one.startsWith(start))?.replaceAll('\u00a0', ' ');
  expect(line('Order A-2')).toContain('cancelled');
  expect(line('Payment: A-1')).toContain('RUB 1,000');
  expect(line('Refund')).toMatch(/More is given back than was paid[\s\S]*-RUB 2,000/);
  await panel.getByText('The order or payment cannot be read').waitFor();
  expect(await breaches(page)).toEqual([]);
  expect(trouble).toEqual([]);
});

it('speaks Russian', async () => {
  const page = await studio.open(`/contacts/${studio.seeded}`, { language: 'ru' });
  const panel = page.getByRole('region', { name: 'Заказы и оплаты' });
  await panel.getByText('Средний чек').waitFor();
  await panel.getByText('Возвращается больше, чем уплачено').waitFor();
});
