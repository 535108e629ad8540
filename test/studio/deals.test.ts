import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/poll.ts';
import { breaches } from './accessibility.ts';
import { type Reader, troubles } from './browser.ts';
import { openFloor } from './sales-floor.ts';
import { useStudio } from './studio.ts';

const studio = useStudio(openFloor);
const { open } = studio;
const board = '/deals?pipeline=studio-sales';

/** As the seller Sonya, or as somebody else. */
async function atWork(path: string, who: Reader = {}, user = 'sonya'): Promise<Page> {
  const page = await open(path, who);
  await page.evaluate(`localStorage.setItem('voronka.user', '${user}')`);
  await page.reload();
  return page;
}

const column = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });

async function stageOf(id: string): Promise<unknown> {
  return (await studio.product.call('GET', `/deals/${id}`)).stage;
}

/** Opens a deal of the buyer, who has a phone. */
async function fresh(title: string, parts: object = {}): Promise<string> {
  const body = { contactId: studio.seeded.buyer, pipeline: 'studio-sales', title, ...parts };
  const { id } = await studio.product.call('POST', '/deals', body);
  await eventually(() => studio.product.call('GET', `/deals/${String(id)}`).catch(() => false));
  return String(id);
}

describe('the board', () => {
  it('has every stage with its deals, how many and how much', async () => {
    const page = await open(board);
    const trouble = troubles(page);
    const first = column(page, 'New');
    await first.getByRole('link', { name: 'A printing machine' }).waitFor();
    await first.getByText('Stein & Sons').or(first.getByText('Boris Stein')).first().waitFor();
    await first.getByText('RUB 120,600').first().waitFor();
    await first.getByLabel('Owner: Sonya Belova').waitFor();
    await column(page, 'Offer').getByText('No deals here').waitFor();
    expect(trouble).toEqual([]);
  });

  it('drags a deal to another stage, shows it there at once, and takes it back', async () => {
    const id = await fresh('Dragged', { amount: 10 });
    const page = await atWork(board);
    await column(page, 'New').getByRole('link', { name: 'Dragged' }).dragTo(column(page, 'Offer'));
    await column(page, 'Offer').getByRole('link', { name: 'Dragged' }).waitFor();
    await page.getByText('“Dragged” is now in: Offer').first().waitFor();
    expect(await stageOf(id)).toBe('offer');
    await page.getByRole('button', { name: 'Undo' }).click();
    await column(page, 'New').getByRole('link', { name: 'Dragged' }).waitFor();
    await eventually(async () => (await stageOf(id)) === 'new');
  });

  it('is walked and moved through by keyboard alone, keeps the focus on the deal and says what happened', async () => {
    const id = await fresh('By keys', { amount: 10 });
    const page = await atWork(board);
    const link = page.getByRole('link', { name: 'By keys' });
    await link.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('End');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('By keys');
    await page.keyboard.press('Shift+ArrowRight');
    await column(page, 'Offer').getByRole('link', { name: 'By keys' }).waitFor();
    await page.getByRole('status').getByText('“By keys” is now in: Offer').waitFor({ state: 'attached' });
    expect(await stageOf(id)).toBe('offer');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('By keys');
    await page.keyboard.press('m');
    await page.getByRole('menuitem', { name: 'New' }).waitFor();
    await page.getByRole('menuitem', { name: 'New' }).press('Enter');
    await column(page, 'New').getByRole('link', { name: 'By keys' }).waitFor();
    await eventually(async () => (await stageOf(id)) === 'new');
  });

  it('puts a refused deal back, names the guards and what they miss, takes it on the spot and moves it', async () => {
    const { lamp } = studio.seeded;
    const page = await atWork(board, { language: 'ru' });
    await column(page, 'Новая').getByRole('button', { name: 'Переместить: Лампы для школы' }).click();
    await page.getByRole('menuitem', { name: 'Предложение' }).click();
    const dialog = page.getByRole('dialog', { name: /пока не может перейти: Предложение/ });
    await dialog.getByText('Укажите сумму сделки.').waitFor();
    await dialog.getByText('Нужен телефон.').waitFor();
    await column(page, 'Новая').getByText('Лампы для школы').waitFor();
    expect(await breaches(page)).toEqual([]);
    await dialog.getByLabel('Сумма').fill('5000');
    await dialog.getByRole('textbox', { name: 'Телефон клиента' }).fill('8 (912) 345-67-89');
    await dialog.getByRole('button', { name: 'Сохранить и повторить' }).click();
    await column(page, 'Предложение').getByRole('link', { name: 'Лампы для школы' }).waitFor();
    await page.getByRole('status').getByText('теперь здесь: Предложение').waitFor({ state: 'attached' });
    expect(await studio.product.call('GET', `/deals/${lamp}`)).toMatchObject({
      stage: 'offer',
      amount: 5_000,
      contact: { phone: '+79123456789' },
    });
  });

  it('says who may, where a role is missing, and lets that one', async () => {
    const id = await fresh('For the head', { amount: 10, stage: 'offer' });
    const page = await atWork(board);
    await column(page, 'Offer').getByRole('link', { name: 'For the head' }).focus();
    await page.keyboard.press('Shift+ArrowRight');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The head decides.').waitFor();
    await dialog.getByText('only for: head').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await eventually(async () => (await page.evaluate('document.activeElement.textContent')) === 'For the head');
    expect(await stageOf(id)).toBe('offer');
    const other = await atWork(board, {}, 'hanna');
    await column(other, 'Offer').getByRole('link', { name: 'For the head' }).dragTo(column(other, 'Contract'));
    await column(other, 'Contract').getByRole('link', { name: 'For the head' }).waitFor();
    await eventually(async () => (await stageOf(id)) === 'contract');
  });

  it('marks what is late in its stage and what nobody has touched', async () => {
    const id = await fresh('Forgotten', { pipeline: 'studio-renewals' });
    const page = await open('/deals?pipeline=studio-renewals');
    const tile = column(page, 'Asked').getByRole('listitem').filter({ hasText: 'Forgotten' });
    await tile.getByText(/late by/).waitFor();
    await tile.getByText('no activity').waitFor();
    await studio.product.call('POST', `/deals/${id}/won`, {});
    await tile.waitFor({ state: 'detached' });
  });

  it('asks why a deal is lost, and lists it with the reason', async () => {
    const id = await fresh('To be lost');
    const page = await atWork(board);
    await page.getByRole('button', { name: 'Move: To be lost' }).click();
    await page.getByRole('menuitem', { name: 'Lost' }).click();
    await page.getByRole('radio', { name: 'Too expensive' }).check();
    await page.getByRole('textbox', { name: /^Comment/ }).fill('They have no budget.');
    await page.getByRole('dialog').getByRole('button', { name: 'Lost' }).click();
    await page.getByRole('link', { name: 'To be lost' }).waitFor({ state: 'detached' });
    await eventually(async () => (await stageOf(id)) === 'lost');
    await page.getByText('Lost', { exact: true }).click();
    await page.getByRole('row', { name: /To be lost.*Too expensive/ }).waitFor();
  });

  it('opens a deal of somebody new, and shows what others do without being asked', async () => {
    const page = await atWork(board);
    await page.getByRole('button', { name: 'New deal' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Deal' }).fill('A brand new one');
    await dialog.getByRole('combobox', { name: 'Whose' }).fill('newcomer@example.com');
    await page.getByRole('option', { name: 'New: newcomer@example.com' }).click();
    await dialog.getByLabel('Amount').fill('777');
    await dialog.getByRole('button', { name: 'Open the deal' }).click();
    await column(page, 'New').getByRole('link', { name: 'A brand new one' }).waitFor();
    await fresh('From elsewhere');
    await column(page, 'New').getByRole('link', { name: 'From elsewhere' }).waitFor();
  });

  it('is narrowed by owner and words, has several pipelines, and says when nothing is there', async () => {
    const page = await atWork(board);
    await page.getByRole('combobox', { name: 'Owner' }).click();
    await page.getByRole('option', { name: 'Mine', exact: true }).click();
    await page.getByRole('link', { name: 'From elsewhere' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'A printing machine' }).waitFor();
    await page.getByRole('searchbox').fill('no such thing');
    await page.getByText('No deal matches').waitFor();
    await page.getByRole('searchbox').fill('stein');
    await page.getByRole('link', { name: 'A printing machine' }).waitFor();
    expect(page.url()).toContain('search=stein');
    await page.goto('/deals?pipeline=studio-renewals&show=lost');
    await page.getByText('Nothing was lost yet').waitFor();
    await page.getByText('Open', { exact: true }).click();
    await page.getByText('No open deals').waitFor();
  });
});

describe('for everybody', () => {
  const paths = () => [board, `/deals/${studio.seeded.machine}`];

  it.each([
    { language: 'en', theme: 'light' },
    { language: 'ru', theme: 'dark' },
  ] as const)('breaches no rule of WCAG 2.2 AA ($language, $theme)', async (who) => {
    const page = await open(board, who);
    const trouble = troubles(page);
    for (const path of paths()) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await eventually(async () => (await page.locator('.mantine-Skeleton-root').count()) === 0);
      expect(await breaches(page), path).toEqual([]);
    }
    expect(trouble).toEqual([]);
  });

  it('fits a phone: stages stand one below the other, and nothing is wider than the screen', async () => {
    const page = await open(board, { width: 360 });
    for (const path of paths()) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await eventually(async () => (await page.locator('.mantine-Skeleton-root').count()) === 0);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(360);
    }
  });
});
