import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/poll.ts';
import { type Installation, openInstallation } from './installation.ts';
import { sent, Visitor } from './people.ts';

/** Two hours pass in a second: time enough to click within a day, and two weeks take three minutes. */
const scale = 7_200;
const day = 86_400_000;

let installation: Installation;

beforeAll(async () => {
  installation = await openInstallation({ scale, from: closingTime() });
}, 180_000);

afterAll(async () => await installation.close());

/** A Friday in next April, 18:00 in Moscow: no public holiday comes within four weeks. */
function closingTime(): number {
  const first = Date.UTC(new Date().getUTCFullYear() + 1, 3, 1, 15);
  return first + ((12 - new Date(first).getUTCDay()) % 7) * day;
}

/** Hours of the week in Moscow, from Monday 0:00; the office is open in the first nine of 9:00 … 18:00 of five days. */
const hourOfWeek = (at: number) => ((at + 3 * 3_600_000) / 3_600_000 - 4 * 24) % (7 * 24);

/** Comes with the evening of Friday: the office stays closed for two days, which are half a minute here. */
async function weekend(): Promise<void> {
  const hasBegun = () => {
    const hour = hourOfWeek(installation.now());
    return hour > 4 * 24 + 18 && hour < 5 * 24 + 9;
  };
  await eventually(hasBegun, { within: 120_000 });
}

function isInOfficeHours(at: string): boolean {
  const hour = hourOfWeek(Date.parse(at));
  return hour < 5 * 24 && hour % 24 > 9 && hour % 24 <= 18;
}

async function submitsForm(visitor: Visitor, fields: Record<string, unknown>): Promise<void> {
  const { email, phone } = visitor;
  const answer = await installation.call(
    'POST',
    '/api/forms/website/submissions',
    { email, phone, ...fields },
    { authorization: '' },
  );
  expect(answer.status).toBe(202);
}

async function tasksOf(visitor: Visitor): Promise<Record<string, unknown>[]> {
  const { id } = await visitor.card();
  return (await installation.ask('GET', `/api/tasks?contact=${id}`)).items;
}

describe.concurrent('welcome series', { timeout: 400_000 }, () => {
  it('leads from the website’s form over a click on the present to the first order', async () => {
    const anna = new Visitor(installation, 'welcome.anna', '+79123450001');
    await submitsForm(anna, { firstName: 'Анна', topic: 'order', consents: { email: true, sms: true } });
    await anna.follows(await anna.mail(/Подарок к первому заказу/));
    await anna.instance('welcome-series', ({ at }) => at.includes('decide'));
    await anna.does('order.placed', { orderId: 'A-1', total: 4_200 });
    const passage = await anna.passage('welcome-series');
    expect(passage).toMatchObject({
      outcome: 'first-order',
      steps: ['welcome', 'settle', 'ideas', 'ponder', 'gift', 'clicked', 'decide'],
      messages: [
        sent('email', 'welcome', 'ru'),
        sent('email', 'welcome-ideas', 'ru'),
        sent('email', 'welcome-gift', 'ru'),
      ],
    });
    expect(anna.mails().map(({ parsed }) => parsed.subject)).toHaveLength(3);
    expect(anna.mails()[0]?.parsed.html).toContain('Анна');
    expect(await anna.sms()).toEqual([]);
  });

  it('ends without an order after three mails and an SMS, all in the contact’s language', async () => {
    const james = new Visitor(installation, 'welcome.james', '+447911100002');
    const { email, phone } = james;
    const consent = { email: 'granted', sms: 'granted' };
    await installation.ask('POST', '/api/leads', { email, phone, firstName: 'James', language: 'en', consent });
    const passage = await james.passage('welcome-series');
    expect(passage).toMatchObject({
      outcome: 'no-order',
      steps: ['welcome', 'settle', 'ideas', 'ponder', 'gift', 'clicked', 'nudge', 'decide', 'finish'],
      messages: [
        sent('email', 'welcome', 'en'),
        sent('email', 'welcome-ideas', 'en'),
        sent('email', 'welcome-gift', 'en'),
        sent('sms', 'welcome-gift', 'en'),
      ],
    });
    expect(james.mails().map(({ parsed }) => parsed.subject)).toEqual([
      expect.stringMatching(/^Welcome to/),
      'Not sure where to begin?',
      'A present for your first order',
    ]);
    expect(await james.sms()).toEqual([expect.stringContaining('WELCOME10')]);
  });

  it('ends when the mail program’s button is pressed, and no advertising comes afterwards', async () => {
    const vera = new Visitor(installation, 'welcome.vera', '+79123450003');
    await submitsForm(vera, { firstName: 'Вера', consents: { email: true } });
    await vera.unsubscribesBy(await vera.mail(/Не знаете, с чего начать/));
    expect(await vera.passage('welcome-series')).toMatchObject({ outcome: 'unsubscribed' });
    expect(await vera.card()).toMatchObject({ consent: { email: 'withdrawn', sms: 'unknown' } });

    await vera.does('cart.abandoned', { cartId: 'V-1', total: 5_000, cartUrl: 'https://example.com/cart/V-1' });
    expect(await vera.passage('abandoned-cart')).toMatchObject({
      outcome: 'left',
      messages: [],
      skipped: [
        { step: 'remind', reason: 'unsubscribed' },
        { step: 'sms', reason: 'no-consent' },
      ],
    });
    expect(vera.mails()).toHaveLength(2);
    expect(await vera.sms()).toEqual([]);
  });
});

describe.concurrent('abandoned cart', { timeout: 400_000 }, () => {
  const items = [{ name: 'Coffee', quantity: 2, price: 1_200 }];
  const cart = { cartId: 'C-1', total: 2_400, items, cartUrl: 'https://example.com/cart/C-1' };

  it('brings back who clicks', async () => {
    const olivia = new Visitor(installation, 'cart.olivia', '+447911100004');
    await olivia.knownAs({ firstName: 'Olivia', language: 'en' });
    await olivia.does('cart.abandoned', cart);
    await olivia.follows(await olivia.mail(/Your cart is still here/));
    await olivia.instance('abandoned-cart', ({ at }) => at.includes('decide'));
    await olivia.does('order.placed', { orderId: 'C-1', total: 2_400 });
    expect(await olivia.passage('abandoned-cart')).toMatchObject({
      outcome: 'purchased',
      steps: ['pause', 'remind', 'clicked', 'decide'],
      messages: [sent('email', 'cart-reminder', 'en')],
    });
    expect(olivia.mails()[0]?.parsed.html).toContain('Coffee');
    expect(await olivia.sms()).toEqual([]);
  });

  it('tries an SMS with who does not click, and leaves small carts in peace', async () => {
    const oleg = new Visitor(installation, 'cart.oleg', '+79123450005');
    await oleg.knownAs({ firstName: 'Олег' });
    const thrifty = new Visitor(installation, 'cart.thrifty', '+79123450006');
    await thrifty.knownAs({ firstName: 'Фома' });
    await thrifty.does('cart.abandoned', { ...cart, total: 999 });
    await oleg.does('cart.abandoned', cart);
    expect(await oleg.passage('abandoned-cart')).toMatchObject({
      outcome: 'left',
      steps: ['pause', 'remind', 'clicked', 'sms', 'decide', 'finish'],
      messages: [sent('email', 'cart-reminder', 'ru'), sent('sms', 'cart-reminder', 'ru')],
    });
    expect(await oleg.sms()).toEqual([expect.stringContaining('корзина')]);
    const { id } = await thrifty.card();
    expect((await installation.ask('GET', `/api/instances?contact=${id}`)).items).toEqual([]);
    expect([...thrifty.mails(), ...(await thrifty.sms())]).toEqual([]);
  });
});

describe.concurrent('callback request', { timeout: 400_000 }, () => {
  it('confirms, gives its owner a task within office hours, and ends with the call', async () => {
    const inna = new Visitor(installation, 'callback.inna', '+79123450007');
    await weekend();
    await inna.does('callback.requested', { comment: 'после обеда' }, { firstName: 'Инна' });
    await inna.instance('callback-request', ({ at }) => at.includes('patience'));
    const { owner } = await inna.card();
    const [task] = await tasksOf(inna);
    expect(task).toMatchObject({ title: { ru: 'Перезвонить: Инна' }, assignee: owner, status: 'open' });
    expect(task?.due).toSatisfy(isInOfficeHours);
    await inna.does('call.completed');
    const passage = await inna.passage('callback-request');
    expect(passage).toMatchObject({ outcome: 'called', messages: [sent('sms', 'callback-confirmed', 'ru')] });
    expect(passage.notified).toEqual([owner]);
    expect(await inna.sms()).toEqual([expect.stringContaining('заявка у нас')]);
  });

  it('tells the head of sales when nobody calls, and offers another time', async () => {
    const igor = new Visitor(installation, 'callback.igor', '+79123450008');
    await igor.does('callback.requested', {}, { firstName: 'Игорь' });
    const passage = await igor.passage('callback-request');
    expect(passage).toMatchObject({
      outcome: 'not-reached',
      steps: ['confirm', 'owner', 'call', 'tell', 'patience', 'escalate', 'days', 'sorry', 'finish'],
      messages: [sent('sms', 'callback-confirmed', 'ru'), sent('email', 'callback-missed', 'ru')],
      notified: [expect.stringMatching(/^(anna|boris)$/), 'pavel'],
    });
    expect(igor.mails()).toHaveLength(1);
  });
});

describe.concurrent('lead qualification', { timeout: 400_000 }, () => {
  /** One more download makes it hot. */
  async function turnsWarm(visitor: Visitor, firstName: string): Promise<void> {
    await submitsForm(visitor, { firstName, company: 'Северный ветер', topic: 'partnership' });
    await visitor.does('page.viewed', { path: '/prices' });
    await visitor.does('file.downloaded', { file: 'catalogue.pdf' });
  }

  it('gives the hot lead to a salesperson who calls in time', async () => {
    const denis = new Visitor(installation, 'hot.denis', '+79123450009');
    await turnsWarm(denis, 'Денис');
    await weekend();
    await denis.does('file.downloaded', { file: 'prices.pdf' });
    await denis.instance('lead-qualification', ({ at }) => at.includes('contacted'));
    await denis.does('call.completed');
    const passage = await denis.passage('lead-qualification');
    const { owner, score } = await denis.card();
    expect(score).toMatchObject({ class: 'hot', fit: 25 });
    expect(['anna', 'boris']).toContain(owner);
    expect(passage).toMatchObject({
      outcome: 'called',
      steps: ['owner', 'call', 'tell', 'contacted', 'in-time'],
      notified: [owner],
    });
    // Its deal brings further ones.
    const task = (await tasksOf(denis)).find(({ process }) => process === 'lead-qualification');
    expect(task).toMatchObject({ title: { ru: 'Позвонить: Денис' }, assignee: owner });
    expect(task?.due).toSatisfy(isInOfficeHours);
  });

  it('tells the head of sales of a lead whom nobody calls; without consent the lead gets no advertising', async () => {
    const nina = new Visitor(installation, 'hot.nina', '+79123450010');
    await turnsWarm(nina, 'Нина');
    await nina.does('file.downloaded', { file: 'prices.pdf' });
    expect(await nina.passage('lead-qualification')).toMatchObject({
      outcome: 'not-called',
      steps: ['owner', 'call', 'tell', 'contacted', 'escalate', 'late', 'lost'],
      notified: [expect.stringMatching(/^(anna|boris)$/), 'pavel'],
    });
    expect(await nina.passage('welcome-series')).toMatchObject({
      outcome: 'no-order',
      messages: [sent('email', 'welcome', 'ru')],
    });
    expect(nina.mails()).toHaveLength(1);
    expect(await nina.sms()).toEqual([]);
  });
});
