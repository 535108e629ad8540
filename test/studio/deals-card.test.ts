import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/poll.ts';
import { breaches } from './accessibility.ts';
import { type Reader, troubles } from './browser.ts';
import { openFloor } from './sales-floor.ts';
import { useStudio } from './studio.ts';

const studio = useStudio(openFloor);
const { open } = studio;

/** The card of the machine's deal, as the seller Sonya. */
async function card(who: Reader = {}): Promise<Page> {
  const page = await open(`/deals/${studio.seeded.machine}`, who);
  await page.evaluate("localStorage.setItem('voronka.user', 'sonya')");
  await page.reload();
  await page.getByRole('heading', { name: 'A printing machine', level: 1 }).waitFor();
  return page;
}

const deal = () => studio.product.call('GET', `/deals/${studio.seeded.machine}`);

describe('the card of a deal', () => {
  it('moves through its stages, is won and opened again, and tells it all in one line of time', async () => {
    const page = await card();
    const trouble = troubles(page);
    const stages = page.getByRole('navigation', { name: 'The way of the deal' });
    await stages.getByRole('button', { name: 'Offer' }).click();
    await stages.locator('[aria-current="step"]', { hasText: 'Offer' }).waitFor();
    await stages.getByRole('button', { name: 'Contract' }).press('Enter');
    const refused = page.getByRole('dialog');
    await refused.getByText('The head decides.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Note' }).fill('They ask for a discount.');
    await page.getByRole('textbox', { name: 'Note' }).press('Control+Enter');
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await timeline.getByText('They ask for a discount.').waitFor();
    await timeline.getByText('Deal moved to another stage').waitFor();
    await timeline.getByText(/New → Offer/).waitFor();
    await timeline.getByText('Sonya Belova').first().waitFor();
    await page.getByRole('button', { name: 'Lost' }).click();
    await page.getByRole('radio', { name: 'No answer' }).check();
    await page.getByRole('dialog').getByRole('button', { name: 'Lost' }).click();
    await timeline
      .getByText(/No answer/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Reopen' }).click();
    await eventually(async () => (await deal()).stage === 'offer');
    await page.getByRole('button', { name: 'Won' }).waitFor();
    // The browser itself reports the refusal.
    expect(trouble.filter((text) => !text.includes('409'))).toEqual([]);
  });

  it('takes changes of its fields and lines, whose sum becomes the amount', async () => {
    const page = await card();
    await page.getByRole('region', { name: 'Items' }).getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'One more line' }).click();
    const line = page.getByRole('listitem').filter({ has: page.getByLabel('3. Item') });
    await line.getByLabel('3. Item').fill('Delivery');
    await line.getByLabel('Price').fill('1000');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('table', { name: 'Items' }).getByText('Delivery').waitFor();
    await eventually(async () => (await deal()).amount === 121_600);
    const fields = page.getByRole('region', { name: 'About the deal' });
    await fields.getByRole('combobox', { name: 'Owner' }).click();
    await page.getByRole('option', { name: 'Hanna Weiss' }).click();
    await fields.getByRole('textbox', { name: 'Source' }).fill('fair');
    await fields.getByRole('textbox', { name: 'Source' }).press('Enter');
    await eventually(async () => {
      const { owner, source } = await deal();
      return owner === 'hanna' && source === 'fair';
    });
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await timeline.getByText(/Sonya Belova → Hanna Weiss/).waitFor();
  });

  it('plans a task, and closes it', async () => {
    const page = await card();
    const tasks = page.getByRole('region', { name: 'Tasks' });
    await tasks.getByRole('button', { name: 'New task' }).click();
    await page.getByRole('textbox', { name: 'What is to be done' }).fill('Call the buyer');
    await page.getByRole('button', { name: 'Plan it' }).click();
    await tasks.getByText('Call the buyer').waitFor();
    await tasks.getByRole('button', { name: 'Done: Call the buyer' }).click();
    await tasks.getByText('Nothing is planned for this deal.').waitFor();
  });

  it('makes a document after a look at it, supersedes it, and voids the new one', async () => {
    const page = await card();
    const trouble = troubles(page);
    const documents = page.getByRole('region', { name: 'Documents' });
    await documents.getByRole('button', { name: 'Make a document' }).click();
    await page.getByRole('menuitem', { name: 'Invoice' }).click();
    const drawer = page.getByRole('dialog', { name: 'Invoice' });
    await drawer.getByRole('textbox', { name: 'Contract or order' }).fill('Our talk');
    await drawer.getByRole('region', { name: 'Preview' }).locator('canvas').first().waitFor();
    expect(await breaches(page)).toEqual([]);
    await drawer.getByRole('button', { name: 'Make a document' }).click();
    const number = /^INV-\d{4}-0001$/;
    await documents.getByRole('button', { name: number }).click();
    await page.getByRole('dialog', { name: number }).locator('canvas').first().waitFor();
    await page.keyboard.press('Escape');
    await documents.getByRole('button', { name: /^More about INV/ }).click();
    await page.getByRole('menuitem', { name: 'Supersede…' }).click();
    const again = page.getByRole('dialog', { name: /in place of INV-\d{4}-0001/ });
    expect(await again.getByRole('textbox', { name: 'Contract or order' }).inputValue()).toBe('Our talk');
    await again.getByRole('button', { name: 'Supersede…' }).click();
    await documents.getByText('superseded').waitFor();
    await documents.getByRole('button', { name: /^More about INV-\d{4}-0002/ }).click();
    await page.getByRole('menuitem', { name: 'Void…' }).click();
    await page.getByRole('textbox', { name: 'Why' }).fill('Another buyer');
    await page.getByRole('dialog').getByRole('button', { name: 'Void…' }).click();
    await documents.getByText('Another buyer').waitFor();
    expect(trouble).toEqual([]);
  });

  it('makes one document, with one number, when the answer is lost and it is tried again', async () => {
    const page = await card();
    let lost = 0;
    await page.route('**/api/documents', async (route) => {
      if (route.request().method() !== 'POST' || lost === 2) return await route.continue();
      lost += 1;
      await route.fetch();
      await route.abort();
    });
    const documents = page.getByRole('region', { name: 'Documents' });
    await documents.getByRole('button', { name: 'Make a document' }).click();
    await page.getByRole('menuitem', { name: 'Proposal' }).click();
    const drawer = page.getByRole('dialog', { name: 'Proposal' });
    const make = drawer.getByRole('button', { name: 'Make a document' });
    for (const time of [1, 2]) {
      await make.click();
      await eventually(async () => lost === time);
      await drawer.getByRole('alert').waitFor();
    }
    await drawer.getByText('Russian', { exact: true }).click();
    await make.click();
    await drawer.getByText(/The first try did make the document/).waitFor();
    await drawer.getByText('English', { exact: true }).click();
    await make.click();
    await drawer.waitFor({ state: 'hidden' });
    const number = /^P-\d{4}-\d{4}$/;
    await documents.getByRole('button', { name: number }).waitFor();
    expect(await documents.getByRole('button', { name: number }).count()).toBe(1);
  });

  it('shows what was paid of it', async () => {
    const payment = { paymentId: 'p1', dealId: studio.seeded.machine, amount: 20_000, currency: 'RUB' };
    await studio.product.call('POST', '/events', {
      event: 'payment.received',
      email: 'boris@example.com',
      data: payment,
    });
    const page = await card();
    const paid = page.getByRole('region', { name: 'Paid' });
    await paid.getByText('RUB 20,000').first().waitFor();
    await paid.getByText(/Still to be paid/).waitFor();
  });

  it('is found on the card of its contact, and leads back there', async () => {
    const page = await card();
    await page
      .getByRole('link', { name: /Boris Stein/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Boris Stein', level: 1 }).waitFor();
    await page.getByRole('region', { name: 'Deals' }).getByRole('link', { name: 'A printing machine' }).click();
    await page.getByRole('heading', { name: 'A printing machine', level: 1 }).waitFor();
    await page.goto('/deals/nowhere');
    await page.getByText('There is no such thing').waitFor();
  });
});
