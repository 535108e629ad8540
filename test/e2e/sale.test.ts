import mammoth from 'mammoth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePdf } from '../documents/fixtures.ts';
import { eventually } from '../support/poll.ts';
import type { ReceivedMail } from '../support/smtp-sink.ts';
import { type Installation, openInstallation } from './installation.ts';
import { Visitor } from './people.ts';

/** A third of an hour passes in a second: the ten minutes until a hot lead becomes a deal take half of one. */
const scale = 1_200;
const patience = 120_000;
const day = 86_400_000;

let installation: Installation;

beforeAll(async () => {
  installation = await openInstallation({ scale, from: morning() });
}, 180_000);

afterAll(async () => await installation.close());

/** A Monday in next April, 10:00 in Moscow. */
function morning(): number {
  const first = Date.UTC(new Date().getUTCFullYear() + 1, 3, 1, 7);
  return first + ((8 - new Date(first).getUTCDay()) % 7) * day;
}

const items = [
  { name: 'Настройка воронки продаж', quantity: 1, price: 320_000, tax: 20 },
  { name: 'Обучение менеджеров, день', quantity: 2, price: 40_000, tax: 20 },
];
const gross = 480_000;

/** One deal as its people see it. */
class Sale {
  readonly client: Visitor;
  #id = '';

  constructor(client: Visitor) {
    this.client = client;
  }

  get id(): string {
    return this.#id;
  }

  async isIn(stage: string) {
    const { id } = await this.client.card();
    const look = async () => {
      const [deal] = (await installation.ask('GET', `/api/deals?contact=${id}`)).items;
      this.#id = deal?.id ?? '';
      return deal?.stage === stage && deal;
    };
    return await eventually(look, { within: patience }).catch(async (cause: unknown) => {
      const { items } = await installation.ask('GET', `/api/contacts/${id}/timeline?limit=200`);
      throw new Error(`the deal does not come into ${stage}; latest: ${JSON.stringify(items)}`, { cause });
    });
  }

  /** Whoever has the task does it. */
  async does(title: RegExp, outcome: string): Promise<void> {
    const task = await eventually(
      async () => {
        const { items } = await installation.ask('GET', `/api/tasks?deal=${this.#id}&status=open`);
        return items.find((one: { title: { ru: string } }) => title.test(one.title.ru));
      },
      { within: patience },
    );
    const user = { 'x-voronka-user': task.assignee };
    const answer = await installation.call('POST', `/api/tasks/${task.id}/done`, { outcome }, user);
    expect(answer).toMatchObject({ status: 200, body: { status: 'done', outcome, closedBy: `user:${task.assignee}` } });
  }

  /** The PDF of a mail to the client. */
  async pdf(subject: RegExp): Promise<{ mail: ReceivedMail; text: string }> {
    const mail = await this.client.mail(subject);
    const [file] = mail.parsed.attachments;
    expect(file?.contentType).toBe('application/pdf');
    const { pages } = await parsePdf(new Uint8Array(file?.content ?? Buffer.alloc(0)));
    return { mail, text: pages.join(' ').replaceAll(/\s+/g, ' ') };
  }
}

/** Opens the link in an approver's mail, as a person does, and answers the form that it shows. */
async function decidesByMail(user: string, about: RegExp, decision: string): Promise<string> {
  const mail = await eventually(
    () =>
      installation.environment.smtp.mails.find(
        ({ to, parsed }) => to.includes(`${user}@example.com`) && about.test(parsed.subject ?? ''),
      ),
    { within: patience },
  );
  const [link = ''] = String(mail.parsed.html).match(/http:\/\/[^"]+\/a\/[^"?#]+/) ?? [];
  const page = await fetch(link);
  const html = await page.text();
  const form = new URLSearchParams({ decision });
  for (const [, name = '', value = ''] of html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g))
    form.set(name, value);
  const answer = await fetch(link, { method: 'POST', body: form });
  expect([page.status, answer.status]).toEqual([200, 200]);
  return await answer.text();
}

describe('a sale', () => {
  it('goes from the website’s form to the payment: nobody copies anything, and nobody can pass what is not approved', async () => {
    const client = new Visitor(installation, 'sale.vera', '+79123450101');
    const sale = new Sale(client);
    const form = { email: client.email, phone: client.phone, firstName: 'Вера', company: 'ООО «Ромашка»' };
    await installation.call('POST', '/api/forms/website/submissions', { ...form, topic: 'partnership' });
    for (const file of ['catalogue.pdf', 'prices.pdf']) await client.does('file.downloaded', { file });
    await client.does('page.viewed', { path: '/prices' });

    const deal = await sale.isIn('qualified');
    expect(deal).toMatchObject({ title: 'ООО «Ромашка»', owner: expect.stringMatching(/^(anna|boris)$/) });
    await installation.ask('PATCH', `/api/deals/${sale.id}`, { items });
    await sale.does(/Согласовать состав/, 'ready');

    const proposal = await sale.pdf(/Наше предложение P-/);
    for (const words of ['ООО «Ромашка»', 'Обучение менеджеров', '480 000,00', 'Четыреста восемьдесят тысяч рублей'])
      expect(proposal.text).toContain(words);
    await sale.isIn('proposal');
    await client.follows(proposal.mail);
    await sale.isIn('contract');

    const about = /Договор C-/;
    expect(await decidesByMail('lev', about, 'approved')).toContain('Вы согласовали');
    const [approval] = (await installation.ask('GET', `/api/approvals?deal=${sale.id}`)).items;
    expect(approval).toMatchObject({ status: 'pending', amount: gross });
    const { round, document } = approval;
    const decide = `/api/approvals/${approval.id}/decide`;
    const foreign = { decision: 'approve', round, sha256: '0'.repeat(64) };
    const tatiana = { 'x-voronka-user': 'tatiana' };
    expect(await installation.call('POST', decide, foreign, tatiana)).toMatchObject({
      status: 409,
      body: { code: 'APPROVAL_DOCUMENT_CHANGED' },
    });
    const own = { decision: 'approve', round, sha256: document.sha256 };
    expect((await installation.call('POST', decide, own, tatiana)).status).toBe(200);
    expect((await sale.pdf(/Документ C-/)).text).toContain('480 000,00');
    const word = await fetch(`${installation.url}/api/documents/${document.id}/file?format=docx`, {
      headers: { authorization: `Bearer ${installation.environment.apiKey}` },
    });
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await word.arrayBuffer()) });
    expect(value).toContain('ООО «Ромашка»');

    await sale.does(/Получить подпись/, 'signed');
    await sale.isIn('payment');
    await decidesByMail('pavel', /Счёт INV-/, 'approved');
    await decidesByMail('tatiana', /Счёт INV-/, 'approved');
    expect((await sale.pdf(/Документ INV-/)).text).toContain('Четыреста восемьдесят тысяч рублей');

    const pays = (paymentId: string, amount: number) =>
      client.does('payment.received', { paymentId, amount, currency: 'RUB', dealId: sale.id });
    await pays('bank-1', 180_000);
    await pays('bank-1', 180_000);
    await pays('bank-2', 300_000);
    expect(await sale.isIn('won')).toMatchObject({ status: 'won', paid: gross });

    const timeline: { title: string; type: string }[] = (
      await installation.ask('GET', `/api/deals/${sale.id}/timeline?limit=200`)
    ).items;
    const told = timeline.map(({ title }) => title).toReversed();
    const inOrder = [
      'deal.created',
      'task.done',
      'document.issued',
      'proposal',
      'message.clicked',
      'approval.requested',
      'approval.decided',
      'payment.received',
      'deal.won',
    ];
    let from = 0;
    for (const name of inOrder) {
      const at = told.indexOf(name, from);
      expect(at, `${name} after ${told.slice(0, from).join(', ')} in ${told.join(', ')}`).toBeGreaterThanOrEqual(from);
      from = at + 1;
    }
    const { items: moves } = await installation.ask('GET', `/api/deals/${sale.id}/history`);
    const way = ['won', 'payment', 'contract', 'proposal', 'qualified', 'new'];
    expect(moves.map(({ to }: { to: string }) => to)).toEqual(way);
  }, 400_000);
});
