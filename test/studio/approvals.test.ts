import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/poll.ts';
import { breaches } from './accessibility.ts';
import { type Asked, askAround } from './board-room.ts';
import { type Reader, troubles } from './browser.ts';
import { within } from './office.ts';
import { useStudio } from './studio.ts';

const studio = useStudio(askAround);
const { open } = studio;

/** As a colleague, at first Ivan. */
async function atWork(path: string, { user = 'ivan', ...who }: Reader & { user?: string } = {}): Promise<Page> {
  const page = await open(path, who);
  await page.evaluate(`localStorage.setItem('voronka.user', '${user}')`);
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

function asked(deal: string): Asked {
  const found = studio.seeded.get(deal);
  if (found === undefined) throw new Error(`nobody asked about ${deal}`);
  return found;
}

const approval = async (deal: string) => await studio.product.call('GET', `/approvals/${asked(deal).id}`);

/** Makes another proposal in the place of the one that is asked about. @returns its number */
async function supersede(deal: string): Promise<string> {
  const content = {
    template: 'proposal',
    items: [{ name: 'Lanterns, all of them', quantity: 1, price: 333_000, tax: 20 }],
  };
  const { number } = await studio.product.call('POST', `/documents/${asked(deal).document?.id}/supersede`, content);
  await eventually(async () => (await approval(deal)).round === 2, within);
  return String(number);
}

const approve = (page: Page) => page.getByRole('button', { name: 'Approve' });

describe('the inbox', () => {
  it('asks who one is, and shows what waits for them, walked through by the arrow keys', async () => {
    const page = await open('/approvals');
    const trouble = troubles(page);
    await page.getByRole('button', { name: /Ivan Petrov/ }).click();
    const rows = page.getByRole('list', { name: 'Approvals' }).getByRole('link');
    await rows.nth(2).waitFor();
    expect(await rows.count()).toBe(3);
    await rows
      .first()
      .getByText(/576,000/)
      .waitFor();
    await page
      .getByRole('link', { name: /^Approvals/ })
      .getByText('3 wait')
      .waitFor();
    await rows.first().focus();
    await page.keyboard.press('ArrowDown');
    const title = await rows.nth(1).locator('p').first().textContent();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: title ?? '', level: 1 }).waitFor();
    expect(trouble).toEqual([]);
  });

  it('shows what waits for others, and says that nothing was decided yet', async () => {
    const page = await atWork('/approvals', { user: 'maria' });
    await page.getByText('Nothing waits for you').waitFor();
    await page.getByText('All that wait').click();
    const rows = page.getByRole('list', { name: 'Approvals' }).getByRole('link');
    await rows.nth(4).waitFor();
    await page.getByText('Decided', { exact: true }).click();
    await page.getByText('Nothing was decided yet').waitFor();
    expect(page.url()).toContain('view=decided');
  });
});

describe('the card', () => {
  it('shows the document beside the decision, and passes from stage to stage', async () => {
    const { id, document } = asked('Lamps');
    const page = await atWork(`/approvals/${id}`);
    const trouble = troubles(page);
    const first = page
      .getByRole('region', { name: `Document ${document?.number}` })
      .getByRole('figure')
      .first();
    await first.getByText('«Луна»').waitFor();
    expect((await first.locator('canvas').boundingBox())?.width).toBeGreaterThan(500);
    const stages = page.getByRole('region', { name: 'Who decides' });
    await stages.getByText('not needed').waitFor();
    await page.getByRole('textbox', { name: 'Comment' }).fill('Clause 4 is fine.');
    await approve(page).click();
    await page.getByText('You have approved.').waitFor();
    await page.getByText('Waits for: Olga Zaitseva, Maria Sokolova').waitFor();
    await stages.getByText('Clause 4 is fine.').waitFor();
    await page.getByRole('region', { name: 'History' }).getByText('Ivan Petrov approved').waitFor();
    for (const [user, name] of [
      ['olga', 'Olga Zaitseva'],
      ['maria', 'Maria Sokolova'],
    ] as const) {
      const head = await atWork(`/approvals/${id}`, { user });
      await approve(head).click();
      await head.getByRole('region', { name: 'History' }).getByText(`${name} approved`).waitFor();
    }
    expect(await approval('Lamps')).toMatchObject({ status: 'approved', round: 1, awaited: [] });
    await page.getByRole('status').getByText('Approved').waitFor();
    expect(trouble).toEqual([]);
  });

  it('asks why before it rejects, and leads on to what waits next', async () => {
    const page = await atWork(`/approvals/${asked('Garlands').id}`);
    await page.getByRole('figure').first().waitFor();
    await page.getByRole('button', { name: 'Reject' }).click();
    const comment = page.getByRole('textbox', { name: 'Comment' });
    expect(await comment.getAttribute('aria-invalid')).toBe('true');
    expect(await approval('Garlands')).toMatchObject({ status: 'pending' });
    await comment.fill('Too cheap.');
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByRole('status').getByText('Rejected').waitFor();
    expect(await approval('Garlands')).toMatchObject({ status: 'rejected' });
    await page.getByRole('link', { name: '1 more waits for you' }).click();
    await page.getByRole('heading', { name: 'Offer: Lanterns', level: 1 }).waitFor();
  });

  it('never approves what was not shown: a document that changed is shown and asked about again', async () => {
    const { id } = asked('Lanterns');
    const page = await atWork(`/approvals/${id}`);
    await page.getByRole('figure').first().getByText('«Луна»').waitFor();
    await page.getByRole('textbox', { name: 'Comment' }).fill('As agreed.');
    // The page has not heard of the change when its reader decides.
    let held = true;
    await page.route(`**/api/approvals/${id}`, async (route) => {
      while (held) await pause(20);
      await route.continue();
    });
    const number = await supersede('Lanterns');
    const refused = page.waitForResponse((response) => response.url().endsWith('/decide'));
    await approve(page).click();
    expect((await refused).status()).toBe(409);
    held = false;
    const alert = page.getByRole('alert').filter({ hasText: 'The document has changed' });
    await alert.waitFor();
    expect(await approve(page).isDisabled()).toBe(true);
    expect(await approval('Lanterns')).toMatchObject({ status: 'pending', awaited: ['ivan'] });
    await alert.getByRole('button', { name: 'Show the new version' }).click();
    await page
      .getByRole('region', { name: `Document ${number}` })
      .getByText('Lanterns, all of them')
      .waitFor();
    await page.getByText('RUB 333,000').first().waitFor();
    expect(await page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('As agreed.');
    await approve(page).click();
    await page.getByText('You have approved.').waitFor();
  });

  it('lets another one decide, or takes the question back', async () => {
    const page = await atWork(`/approvals/${asked('Candles').id}`, { user: 'olga' });
    await page.getByText('No document belongs to it').waitFor();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Let another one decide' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Who decides in your place' }).click();
    await page.getByRole('option', { name: 'Maria Sokolova' }).click();
    await dialog.getByRole('button', { name: 'Let another one decide' }).click();
    await page.getByText('Waits for: Maria Sokolova').waitFor();
    await page.getByRole('region', { name: 'Who decides' }).getByText('in place of Olga Zaitseva').waitFor();
    await page.goto(`/approvals/${asked('Torches').id}`);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Withdraw the question' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('They pay the full price.');
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw the question' }).click();
    await page.getByRole('status').getByText('Withdrawn').waitFor();
    expect(await approval('Torches')).toMatchObject({ status: 'withdrawn' });
  });

  it('says what is wrong with an address that leads nowhere', async () => {
    const page = await open('/approvals/nowhere');
    await page.getByText('There is no such thing').waitFor();
    await page.getByRole('link', { name: 'Approvals' }).first().waitFor();
  });
});

describe('for everybody', () => {
  const paths = () => [
    '/approvals?view=pending',
    `/approvals/${asked('Lanterns').id}`,
    `/approvals/${asked('Lamps').id}`,
  ];

  it.each([
    { language: 'en', theme: 'light' },
    { language: 'ru', theme: 'dark' },
  ] as const)('breaches no rule of WCAG 2.2 AA ($language, $theme)', async (who) => {
    const page = await atWork('/approvals', { ...who, user: 'olga' });
    for (const path of paths()) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await eventually(async () => (await page.locator('.mantine-Skeleton-root').count()) === 0);
      expect(await breaches(page), path).toEqual([]);
    }
  });

  it('fits a phone: nothing is wider than the screen', async () => {
    const page = await atWork('/approvals', { width: 360, user: 'olga' });
    for (const path of paths()) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await eventually(async () => (await page.locator('.mantine-Skeleton-root').count()) === 0);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(360);
    }
  });
});
