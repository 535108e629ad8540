import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/poll.ts';
import { breaches } from './accessibility.ts';
import { troubles } from './browser.ts';
import type { Product } from './product.ts';
import { useStudio } from './studio.ts';

/** An offer that two people approve one after the other; then somebody sends it, or somebody reworks it. */
const offer = {
  kind: 'process',
  key: 'offer',
  name: 'Offer',
  description: 'Made, approved by mail, sent.',
  triggers: [{ on: 'event', event: 'offer.wanted' }],
  entry: { reentry: 'always' },
  settings: { purpose: 'transactional' },
  steps: [
    {
      ...{ id: 'make', type: 'generate-document', template: 'proposal', into: 'offer' },
      items: { cel: '[{"name": "Desk", "quantity": 2, "price": 101125.5}]' },
    },
    {
      ...{ id: 'approve', type: 'request-approval', document: 'offer', into: 'approval', within: 'P2D' },
      title: { en: 'An offer for {{contact.firstName}}', ru: 'Предложение: {{contact.firstName}}' },
      stages: [
        { id: 'lead', approvers: [{ user: 'boris' }] },
        { id: 'finance', approvers: [{ user: 'carol' }] },
      ],
      next: { approved: 'send', rejected: 'rework', timeout: 'rework' },
    },
    { id: 'send', type: 'create-task', title: 'Send the offer', assignee: { user: 'carol' } },
    { id: 'sent', type: 'end', outcome: 'sent' },
    { id: 'rework', type: 'create-task', title: 'Rework: {{vars.approval.comment}}', assignee: { user: 'carol' } },
  ],
};

async function staff({ call }: Product): Promise<void> {
  await call('PUT', '/users/boris', { name: 'Борис', email: 'boris@company.example', role: 'lead', language: 'ru' });
  await call('PUT', '/users/carol', { name: 'Carol', email: 'carol@company.example', role: 'sales', language: 'en' });
  await call('POST', '/definitions/process/offer/publish', { body: offer, by: 'test' });
}

const studio = useStudio(staff);
const slow = { within: 60_000, every: 250 };

interface Row {
  [field: string]: unknown;
}

async function rows(path: string): Promise<Row[]> {
  const { items } = await studio.product.call('GET', path);
  return Array.isArray(items) ? items : [];
}

/** The link in the mail that comes to an approver about somebody's offer. */
async function link(to: string, person: string): Promise<string> {
  return await eventually(async () => {
    const mail = (await rows(`/mailbox?to=${to}`)).find(({ subject }) => String(subject).includes(person));
    return /https?:\/\/\S+\/a\/[\w.-]+/.exec(String(mail?.text ?? ''))?.[0];
  }, slow);
}

/** Somebody wants an offer: the process makes it and asks. */
async function wants(firstName: string): Promise<void> {
  const email = `${firstName.toLowerCase()}@example.com`;
  await studio.product.call('POST', '/leads', { email, firstName, language: 'en' });
  await studio.product.call('POST', '/events', { email, event: 'offer.wanted' });
}

/** An approver with a browser and nothing else: no key, no account. */
async function approver(url: string, width = 1280): Promise<Page> {
  return await studio.open(url, { withKey: false, width });
}

async function decide(page: Page, choice: string, comment: string): Promise<void> {
  await page.getByRole('radio', { name: choice }).check();
  await page.getByRole('textbox').fill(comment);
  await page.getByRole('button').click();
}

async function titles(): Promise<unknown[]> {
  return (await rows('/tasks?assignee=carol')).map(({ title }) => title);
}

describe('an approval by mail', () => {
  it('goes from the mails through the pages to the next step of the process', async () => {
    await wants('Anna');
    const page = await approver(await link('boris@company.example', 'Anna'));
    await page.getByRole('heading', { name: 'Нужно ваше решение', level: 1 }).waitFor();
    expect(await page.getByRole('definition').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('202 251'.replaceAll(' ', '\u00a0')), 'Anna']),
    );
    await decide(page, 'Согласую', 'Хорошая скидка');
    await page.getByText('Вы согласовали это').waitFor();
    expect(await titles()).toEqual([]);
    const next = await approver(await link('carol@company.example', 'Anna'));
    await next.getByText('Хорошая скидка').waitFor();
    await decide(next, 'I approve', '');
    await next.getByRole('heading', { name: 'Approved', level: 1 }).waitFor();
    await eventually(async () => (await titles()).includes('Send the offer'), slow);
    await page.reload();
    await page.getByRole('heading', { name: 'Согласовано', level: 1 }).waitFor();
  });

  it('that is rejected goes the other way, with what was said', async () => {
    await wants('Peter');
    const page = await approver(await link('boris@company.example', 'Peter'));
    await decide(page, 'Отклоняю', 'Слишком дёшево');
    await page.getByRole('heading', { name: 'Отклонено', level: 1 }).waitFor();
    await eventually(async () => (await titles()).includes('Rework: Слишком дёшево'), slow);
  });

  it('has pages that everybody can use, without scripts, in both languages', async () => {
    await wants('Vera');
    const first = await link('boris@company.example', 'Vera');
    for (const width of [1280, 360]) {
      const page = await approver(first, width);
      const trouble = troubles(page);
      await page.reload();
      expect(await breaches(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
      expect(await page.locator('script').count()).toBe(0);
      expect(trouble).toEqual([]);
    }
    const page = await approver(first);
    await page.getByText('Строки документа текстом').click();
    await page.getByRole('cell', { name: 'Desk' }).waitFor();
    expect(await breaches(page)).toEqual([]);
    await page.reload();
    // By keyboard alone: to the document's links, the choice, the comment and the button.
    const reached: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      await page.keyboard.press('Tab');
      reached.push(String(await page.evaluate('document.activeElement.localName')));
    }
    expect(reached).toEqual(['a', 'a', 'summary', 'input', 'textarea', 'button']);
    await decide(page, 'Согласую', '');
    await page.getByText('Вы согласовали это').waitFor();
    expect(await breaches(page)).toEqual([]);
    const english = await approver(await link('carol@company.example', 'Vera'));
    await english.getByRole('heading', { name: 'Your decision is needed', level: 1 }).waitFor();
    expect(await breaches(english)).toEqual([]);
    const broken = await approver(`${first}x`);
    await broken.getByText('This link is not valid').waitFor();
    expect(await breaches(broken)).toEqual([]);
  });
});
