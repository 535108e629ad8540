import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/poll.ts';
import { breaches } from './accessibility.ts';
import { type Reader, troubles } from './browser.ts';
import { openOffice } from './office.ts';
import { useStudio } from './studio.ts';

const studio = useStudio(openOffice);
const { open } = studio;

/** As a colleague, at first Olga. */
async function atWork(path = '/day', { user = 'olga', ...who }: Reader & { user?: string } = {}): Promise<Page> {
  const page = await open(path, who);
  await page.evaluate(`localStorage.setItem('voronka.user', '${user}')`);
  await page.reload();
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  return page;
}

const list = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const rowsOf = async (page: Page, name: string) =>
  await list(page, name).locator('[data-task] p:first-child').allTextContents();

async function task(title: string): Promise<Record<string, unknown>> {
  return await studio.product.call('GET', `/tasks/${studio.seeded.tasks.get(title)}`);
}

describe('my day', () => {
  it('asks who one is, and shows what is late before what is due, and then the rest', async () => {
    const page = await open('/day');
    const trouble = troubles(page);
    await page.getByRole('button', { name: /Olga Zaitseva/ }).click();
    await page.getByRole('heading', { name: /Good (morning|afternoon|evening), Olga!/, level: 1 }).waitFor();
    await list(page, 'Overdue').waitFor();
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
      'Overdue',
      'Today',
      'To be taken by your role',
      'Tomorrow',
      'Later',
      'Without a date',
    ]);
    expect(await rowsOf(page, 'Overdue')).toEqual(['Send the contract']);
    expect(await rowsOf(page, 'Today')).toEqual(['Call back about the proposal', 'Write down what was said']);
    await list(page, 'Overdue').getByText('yesterday').waitFor();
    await page
      .getByRole('link', { name: /My day/ })
      .getByText('3 wait')
      .waitFor();
    await list(page, 'Today').getByRole('link', { name: 'Vera Kovaleva' }).first().click();
    await page.getByRole('heading', { name: 'Vera Kovaleva', level: 1 }).waitFor();
    expect(trouble).toEqual([]);
  });

  it('asks again when whoever it was is not known any more', async () => {
    const page = await open('/day');
    await page.evaluate("localStorage.setItem('voronka.user', 'ghost')");
    await page.reload();
    await page.getByRole('button', { name: /Ivan Petrov/ }).waitFor();
  });

  it('ends a task by one click on its outcome, and takes it back from the notice', async () => {
    const page = await atWork();
    await page.getByRole('button', { name: 'No answer: Call back about the proposal' }).click();
    await list(page, 'Done today').getByText('No answer').waitFor();
    expect(await task('Call back about the proposal')).toMatchObject({
      status: 'done',
      outcome: 'no-answer',
      closedBy: 'user:olga',
    });
    await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
    await list(page, 'Today').getByText('Call back about the proposal').waitFor();
    expect(await task('Call back about the proposal')).toMatchObject({ status: 'open' });
  });

  it('asks for the outcome where there are some, and takes a comment with it', async () => {
    const page = await atWork();
    await page.getByRole('button', { name: 'Done: Call back about the proposal' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Comment' }).fill('She decides on Monday.');
    await dialog.getByRole('button', { name: 'Reached' }).click();
    await list(page, 'Done today').getByText('She decides on Monday.').waitFor();
    expect(await task('Call back about the proposal')).toMatchObject({
      outcome: 'reached',
      comment: 'She decides on Monday.',
    });
    await page.getByRole('button', { name: 'Not done yet: Call back about the proposal' }).click();
    await list(page, 'Today').getByText('Call back about the proposal').waitFor();
  });

  it('is walked through, done and undone by keys, in a Russian layout too, and only where they are switched on', async () => {
    const page = await atWork();
    const focused = () => page.evaluate<string>('document.activeElement.ariaLabel ?? ""');
    await page.keyboard.press('j');
    expect(await focused()).toBe('Done: Send the contract');
    // "о" stands where the Latin "j" does.
    await page.evaluate(
      "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'о', code: 'KeyJ', bubbles: true }))",
    );
    expect(await focused()).toBe('Done: Call back about the proposal');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('d');
    await list(page, 'Done today').getByText('Write down what was said').waitFor();
    await eventually(async () => /^Done: /.test(await focused()));
    await page.keyboard.press('u');
    await list(page, 'Today').getByText('Write down what was said').waitFor();
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await page.getByRole('switch', { name: 'Single keys work here' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Done: Send the contract' }).focus();
    await page.keyboard.press('d');
    await page.keyboard.press('j');
    expect(await focused()).toBe('Done: Send the contract');
    expect(await task('Send the contract')).toMatchObject({ status: 'open' });
  });

  it('puts off until tomorrow morning, or until a time of one’s own', async () => {
    const page = await atWork();
    await page.getByRole('button', { name: 'Put off: Write down what was said' }).click();
    await page.getByRole('menuitem', { name: /Tomorrow morning/ }).click();
    await list(page, 'Tomorrow').getByText('Write down what was said').waitFor();
    const { due } = await task('Write down what was said');
    expect(new Date(String(due)).toLocaleTimeString('en-GB', { timeZone: 'Europe/Moscow' })).toBe('09:00:00');
    await page.getByRole('button', { name: 'Put off: Write down what was said' }).click();
    await page.getByRole('menuitem', { name: 'Another time…' }).click();
    await page.getByLabel('Until when').fill('2031-05-06T14:30');
    await page.getByRole('dialog').getByRole('button', { name: 'Put off' }).click();
    await list(page, 'Later').getByText('Write down what was said').waitFor();
    expect(await task('Write down what was said')).toMatchObject({ due: '2031-05-06T11:30:00.000Z' });
  });

  it('hands over to a colleague, whose day shows it to who looks after them', async () => {
    const page = await atWork();
    await page.getByRole('button', { name: 'More: Think about the spring offer' }).click();
    await page.getByRole('menuitem', { name: /Hand over/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Colleague' }).fill('Ivan');
    await page.getByRole('option', { name: 'Ivan Petrov' }).click();
    await dialog.getByRole('button', { name: 'Hand over' }).click();
    await list(page, 'Without a date').waitFor({ state: 'detached' });
    await eventually(async () => (await task('Think about the spring offer')).assignee === 'ivan');
    const lead = await atWork('/day', { user: 'maria' });
    await lead.getByText('Nothing is due today').waitFor();
    await lead.getByRole('combobox', { name: 'Whose day' }).click();
    await lead.getByRole('option', { name: 'Ivan Petrov' }).click();
    await lead.getByRole('heading', { name: 'The day of Ivan Petrov', level: 1 }).waitFor();
    await list(lead, 'Without a date').getByText('Think about the spring offer').waitFor();
    expect(lead.url()).toContain('user=ivan');
  });

  it('takes what is for anybody of the role', async () => {
    const page = await atWork();
    await page.getByRole('button', { name: 'Take: Call the new lead' }).click();
    await list(page, 'Today').getByText('Call the new lead').waitFor();
    expect(await task('Call the new lead')).toMatchObject({ assignee: 'olga' });
  });

  it('plans a task about a deal of somebody who is found by name', async () => {
    const page = await atWork();
    const trouble = troubles(page);
    await page.getByRole('button', { name: 'New task' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'What is to be done' }).fill('Ask for the drawings');
    await dialog.getByRole('combobox', { name: 'About whom' }).fill('Koval');
    await page.getByRole('option', { name: 'Vera Kovaleva' }).click();
    await dialog.getByRole('combobox', { name: 'About which deal or ticket' }).click();
    await page.getByRole('option', { name: /Lamps for the office/ }).click();
    await dialog.getByText('Tomorrow morning').click();
    await dialog.getByRole('button', { name: 'Plan it' }).click();
    const row = list(page, 'Tomorrow').getByRole('listitem').filter({ hasText: 'Ask for the drawings' });
    await row.getByRole('link', { name: /Lamps for the office/ }).waitFor();
    const { items } = await studio.product.call('GET', `/tasks?deal=${studio.seeded.deal}`);
    expect(items).toContainEqual(expect.objectContaining({ title: 'Ask for the drawings', createdBy: 'user:olga' }));
    expect(trouble).toEqual([]);
  });
});

describe('for everybody', () => {
  it.each([
    { language: 'en', theme: 'light' },
    { language: 'ru', theme: 'dark' },
  ] as const)('breaches no rule of WCAG 2.2 AA ($language, $theme)', async (who) => {
    const page = await open('/day', who);
    await page.getByRole('button', { name: /Olga/ }).waitFor();
    expect(await breaches(page)).toEqual([]);
    await page.getByRole('button', { name: /Olga/ }).click();
    await page.getByText('Send the contract').waitFor();
    expect(await breaches(page)).toEqual([]);
    await page.locator('[data-key="p"]').first().click();
    await page.getByRole('menu').waitFor();
    expect(await breaches(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('c');
    await page.getByRole('dialog').waitFor();
    expect(await breaches(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.getByRole('dialog').getByRole('textbox').first().waitFor();
    expect(await breaches(page)).toEqual([]);
  });

  it('fits a phone: nothing is wider than the screen', async () => {
    const page = await atWork('/day', { width: 360 });
    await page.getByText('Send the contract').waitFor();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });
});
