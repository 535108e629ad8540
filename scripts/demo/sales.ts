import { z } from 'zod';
import type { DemoClient } from './client.ts';

const items = [
  { name: 'Светильники для офиса', quantity: 40, price: 8_500, tax: 20 },
  { name: 'Монтаж, день', quantity: 3, price: 22_000, tax: 20 },
];

/** Deals that the board shows beside the one that is played: how far they have come, and what they are worth. */
const others = [
  { company: 'ООО «Вектор»', stage: 'new', amount: 120_000 },
  { company: 'Кофейня «Полдень»', stage: 'new', amount: 64_000 },
  { company: 'ИП Мельников', stage: 'proposal', amount: 86_500, owner: 'boris' },
  { company: 'Гостиница «Берег»', stage: 'proposal', amount: 940_000, owner: 'anna' },
  { company: 'Школа № 14', stage: 'payment', amount: 210_000, owner: 'boris' },
];

const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
const deals = list(z.object({ id: z.string(), stage: z.string(), amount: z.number().optional(), paid: z.number() }));
const tasks = list(
  z.object({
    id: z.string(),
    assignee: z.string().optional(),
    outcomes: z.array(z.object({ key: z.string() })).default([]),
  }),
);
const approvals = list(
  z.object({
    id: z.string(),
    title: z.object({ en: z.string() }),
    awaited: z.array(z.string()),
    round: z.number(),
    document: z.object({ sha256: z.string() }),
  }),
);
const mails = list(z.object({ subject: z.string().optional(), text: z.string().optional() }));

/** One sale from the lead to the payment: the people of the company do what falls to them, everything between happens by itself. */
export class Sales {
  readonly #client: DemoClient;
  readonly #email: string;
  #paid = false;
  #clicked = false;

  constructor(client: DemoClient) {
    this.#client = client;
    this.#email = `buyer-${Date.now() % 1_000_000}@example.com`;
  }

  /** Opens deals of the board, and a lead who turns hot. */
  async begin(): Promise<void> {
    for (const [index, { company, stage, amount, owner }] of others.entries()) {
      const email = `board-${index}-${this.#email}`;
      await this.#client.post('/api/leads', { email, company, language: 'ru' });
      const deal = { email, pipeline: 'b2b', stage, title: company, amount, ...(owner !== undefined && { owner }) };
      await this.#client.post('/api/deals', deal);
    }
    const who = { firstName: 'Лидия', company: 'ООО «Ромашка»', phone: '+79161234567' };
    await this.#client.post('/api/forms/website/submissions', { ...who, email: this.#email, topic: 'partnership' });
    for (const [event, data] of [
      ['file.downloaded', { file: 'catalogue.pdf' }],
      ['file.downloaded', { file: 'wholesale.pdf' }],
      ['page.viewed', { path: '/prices' }],
    ] as const) {
      await this.#client.post('/api/events', { email: this.#email, event, data });
    }
    console.log('Лидия Громова of ООО «Ромашка» studies prices and catalogues: a hot lead');
  }

  /** Somebody does what is to be done next, if anything is. */
  async act(): Promise<void> {
    const [contact] = list(z.object({ id: z.string() })).parse(await this.#get(`contacts?search=${this.#email}`)).items;
    const deal = contact && deals.parse(await this.#get(`deals?contact=${contact.id}`)).items[0];
    if (deal === undefined || deal.stage === 'won') return;
    const [approval] = approvals.parse(await this.#get(`approvals?deal=${deal.id}&status=pending`)).items;
    if (approval !== undefined) return await this.#approve(approval);
    for (const task of tasks.parse(await this.#get(`tasks?deal=${deal.id}&status=open`)).items) {
      if (await this.#do(task, deal.id)) return;
    }
    if (deal.stage === 'proposal' && !this.#clicked) await this.#accept();
    else if (deal.stage === 'payment' && !this.#paid) await this.#pay(deal.id, deal.amount ?? 0);
  }

  async #do({ id, assignee, outcomes }: z.infer<typeof tasks>['items'][number], dealId: string): Promise<boolean> {
    const outcome = outcomes.find(({ key }) => key === 'ready' || key === 'signed')?.key;
    if (outcome === undefined || assignee === undefined) return false;
    const user = assignee;
    if (outcome === 'ready')
      await this.#client.call({ method: 'PATCH', path: `/api/deals/${dealId}`, body: { items }, user });
    await this.#client.call({ method: 'POST', path: `/api/tasks/${id}/done`, body: { outcome }, user });
    console.log(
      `${user} ${outcome === 'ready' ? 'writes the items down and sends the proposal' : 'has the contract signed'}`,
    );
    return true;
  }

  async #approve({
    id,
    title,
    awaited: [user],
    round,
    document,
  }: z.infer<typeof approvals>['items'][number]): Promise<void> {
    if (user === undefined) return;
    const body = { decision: 'approve', round, sha256: document.sha256 };
    await this.#client.call({ method: 'POST', path: `/api/approvals/${id}/decide`, body, user });
    console.log(`${user} approves: ${title.en}`);
  }

  /** Follows the proposal's link as a person does. */
  async #accept(): Promise<void> {
    const [link] = (await this.#mail('P-'))?.match(/http\S+\/t\/c\/[^\]\s]+/) ?? [];
    if (link === undefined) return;
    this.#clicked = true;
    const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    await fetch(link, { redirect: 'manual', headers: { 'user-agent': browser } });
    console.log('Лидия Громова accepts the proposal by its link');
  }

  /** Pays once the invoice is there. */
  async #pay(dealId: string, amount: number): Promise<void> {
    if ((await this.#mail('INV-')) === undefined) return;
    this.#paid = true;
    const data = { paymentId: `bank-${this.#email}`, amount, currency: 'RUB', dealId };
    await this.#client.post('/api/events', { email: this.#email, event: 'payment.received', data });
    console.log(`The bank tells of ${amount} RUB: the deal is won`);
  }

  /** The text of the mail to the buyer that brings a document of a series. */
  async #mail(series: string): Promise<string | undefined> {
    const { items } = mails.parse(await this.#get(`mailbox?to=${this.#email}`));
    return items.find(({ subject }) => subject?.includes(series))?.text;
  }

  async #get(path: string): Promise<unknown> {
    return await this.#client.call({ method: 'GET', path: `/api/${path}` });
  }
}
