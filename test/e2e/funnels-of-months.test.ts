import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Installation, openInstallation } from './installation.ts';
import { sent, Visitor } from './people.ts';

/** Eleven hours pass in a second. */
const scale = 40_000;
const day = 86_400_000;
const opening = Date.now();

let installation: Installation;
let silent: Record<'dina' | 'nora' | 'timur', Visitor>;

beforeAll(async () => {
  installation = await openInstallation({ scale, from: opening });
  silent = {
    dina: new Visitor(installation, 'silent.dina', '+79123460001'),
    nora: new Visitor(installation, 'silent.nora', '+447911200002'),
    timur: new Visitor(installation, 'silent.timur', '+79123460003'),
  };
  await silent.dina.knownAs({ firstName: 'Дина' });
  await silent.nora.knownAs({ firstName: 'Nora', language: 'en' });
  await silent.timur.knownAs({ firstName: 'Тимур' });
  // Three months without any sign of life.
  await installation.goOnAt(Math.max(installation.now(), opening + 92 * day));
}, 240_000);

afterAll(async () => await installation.close());

describe.concurrent('reactivation', { timeout: 400_000 }, () => {
  it('ends when the news bring the contact back', async () => {
    const { dina } = silent;
    await dina.follows(await dina.mail(/С вашего последнего визита/));
    expect(await dina.passage('reactivation')).toMatchObject({
      outcome: 'returned',
      steps: ['news', 'answer', 'back'],
      messages: [sent('email', 'miss-you', 'ru')],
    });
    expect((await dina.card()).segments).not.toContain('sleeping');
  });

  it('asks honestly, then leaves in peace who does not answer', async () => {
    const { nora } = silent;
    expect(await nora.passage('reactivation')).toMatchObject({
      outcome: 'asleep',
      steps: ['news', 'answer', 'question', 'last-chance', 'sleep', 'asleep'],
      messages: [sent('email', 'miss-you', 'en'), sent('email', 'stay-or-go', 'en')],
    });
    expect((await nora.card()).segments).toContain('sleeping');
  });

  it('ends with an order', async () => {
    const { timur } = silent;
    await timur.mail(/С вашего последнего визита/);
    await timur.does('order.placed', { orderId: 'T-1', total: 900 });
    expect(await timur.passage('reactivation')).toMatchObject({ outcome: 'ordered', steps: ['news', 'answer'] });
    expect((await timur.card()).segments).not.toContain('silent');
  });
});

describe.concurrent('repeat purchase', { timeout: 400_000 }, () => {
  it('asks one half how it went, and gives the other free delivery', async () => {
    const buyers = Array.from({ length: 14 }, (_, n) => new Visitor(installation, `buyer.${n}`, `+79123470${100 + n}`));
    for (const buyer of buyers) {
      await buyer.knownAs({ firstName: 'Ирина' });
      await buyer.does('order.placed', { orderId: `${buyer.email}-1`, total: 1_500 });
    }
    const arms = await Promise.all(
      buyers.map(async (buyer) => {
        const { outcome, steps, messages } = await buyer.passage('repeat-purchase');
        const arm = steps.includes('gift') ? 'gift' : 'care';
        expect({ outcome, steps, messages }).toEqual({
          outcome: 'no-order',
          steps: ['use-up', 'arm', arm, 'decide', 'finish'],
          messages: [sent('email', `repeat-${arm}`, 'ru')],
        });
        return arm;
      }),
    );
    // A hash of the contact's id decides: that all of them fall to one side happens once in 8,192 runs.
    expect(new Set(arms).size).toBe(2);
  });

  it('ends when the contact buys again, and the new order begins its own wait', async () => {
    const sofia = new Visitor(installation, 'buyer.sofia', '+447911200004');
    await sofia.knownAs({ firstName: 'Sofia', language: 'en' });
    await sofia.does('order.placed', { orderId: 'S-1', total: 1_500 });
    await sofia.mail(/How is it going with your order|Your next delivery is on us/);
    await sofia.does('order.placed', { orderId: 'S-2', total: 1_500 });
    expect(await sofia.passage('repeat-purchase')).toMatchObject({ outcome: 'bought-again' });
    const { id } = await sofia.card();
    const { items } = await installation.ask('GET', `/api/instances?process=repeat-purchase&contact=${id}`);
    expect(items.map((one: { trigger: { data: object } }) => one.trigger.data)).toMatchObject([
      { orderId: 'S-2' },
      { orderId: 'S-1' },
    ]);
  });

  it('does not ask how the goods are that were returned', async () => {
    const pyotr = new Visitor(installation, 'buyer.pyotr', '+79123460005');
    await pyotr.knownAs({ firstName: 'Пётр' });
    await pyotr.does('order.placed', { orderId: 'P-1', total: 1_500 });
    await pyotr.instance('repeat-purchase', ({ at }) => at.includes('use-up'));
    await pyotr.does('order.returned', { orderId: 'P-1' });
    expect(await pyotr.passage('repeat-purchase')).toMatchObject({ outcome: 'returned', messages: [] });
    expect(pyotr.mails()).toEqual([]);
  });
});
