import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/poll.ts';
import { breaches } from './accessibility.ts';
import { type Reader, troubles } from './browser.ts';
import { openDesk } from './desk.ts';
import { useStudio } from './studio.ts';

const studio = useStudio(openDesk);
const { open } = studio;

/** As the agent Olga. */
async function atWork(path: string, who: Reader = {}): Promise<Page> {
  const page = await open(path, who);
  await page.evaluate("localStorage.setItem('voronka.user', 'olga')");
  await page.reload();
  return page;
}

describe('the queue', () => {
  it('counts down by the second, and shows what changed elsewhere without being asked', async () => {
    const page = await open('/tickets');
    const trouble = troubles(page);
    const row = page.getByRole('row', { name: /My lamp blinks/ });
    await row.getByText('First response').waitFor();
    const left = () =>
      row
        .getByText(/\d+:\d\d/)
        .first()
        .textContent();
    const first = await left();
    await eventually(async () => (await left()) !== first);
    await studio.product.call('PATCH', `/tickets/${studio.seeded.lamp}`, { priority: 'high' });
    await row.getByText('high').waitFor();
    expect(trouble).toEqual([]);
  });

  it('finds a ticket, has views, and says when none is there', async () => {
    const page = await open('/tickets');
    await page.getByRole('link', { name: 'Где курьер?' }).waitFor();
    await page.getByRole('searchbox').fill('lamp');
    await page.getByRole('link', { name: 'Где курьер?' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'My lamp blinks' }).waitFor();
    await page.getByText('Overdue').click();
    await page.getByText('No ticket matches').waitFor();
    expect(page.url()).toContain('view=breached');
  });

  it('is walked through with the arrow keys', async () => {
    const page = await open('/tickets');
    const links = page.getByRole('table').getByRole('link');
    await links.nth(1).waitFor();
    await links.first().focus();
    await page.keyboard.press('ArrowDown');
    const second = (await links.nth(1).textContent()) ?? '';
    expect(await page.evaluate('document.activeElement.textContent')).toBe(second);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: second, level: 1 }).waitFor();
  });
});

describe('the card of a ticket', () => {
  it('answers with a suggested article: the promise is kept, the mark is counted', async () => {
    const page = await atWork(`/tickets/${studio.seeded.lamp}`);
    const trouble = troubles(page);
    await page.getByText('It blinks all the evening.').waitFor();
    const suggestions = page.getByRole('region', { name: 'Suggested answers' });
    await suggestions.getByRole('button', { name: 'Put into the reply' }).click();
    const text = page.getByRole('textbox', { name: 'Reply' });
    expect(await text.inputValue()).toBe('Turn the **dimmer** to the full.');
    await text.press('Control+Enter');
    const said = page.getByRole('region', { name: 'Conversation' });
    await said.getByText('Turn the **dimmer** to the full.').waitFor();
    await said.getByText('Olga Zaitseva').waitFor();
    await eventually(async () => (await text.inputValue()) === '');
    const clocks = page.getByRole('region', { name: 'Promised times' });
    await clocks.getByText('kept').waitFor();
    await clocks.getByText('paused').waitFor();
    await suggestions.getByRole('button', { name: 'Helped' }).first().click();
    await suggestions.locator('[aria-pressed="true"]').waitFor();
    expect(trouble).toEqual([]);
  });

  it('derives its due times', async () => {
    const page = await open(`/tickets/${studio.seeded.lamp}`);
    await page.getByRole('button', { name: 'Why?' }).click();
    const table = page.getByRole('dialog').getByRole('table');
    await table.getByText('began to run').first().waitFor();
    await table.getByText('Replied to the customer').first().waitFor();
    await table.getByText('priority: high').first().waitFor();
    await page.getByText('Policy “studio”, version 1').waitFor();
  });

  it('takes a note that stays inside, and changes of its fields', async () => {
    const page = await atWork(`/tickets/${studio.seeded.courier}`, { language: 'ru' });
    await page.getByText('Внутренняя заметка').first().click();
    await page.getByRole('textbox', { name: 'Внутренняя заметка' }).fill('Курьер заболел');
    await page.getByRole('button', { name: 'Добавить заметку' }).click();
    const said = page.getByRole('region', { name: 'Переписка' });
    await said.getByText('Курьер заболел').waitFor();
    await said.getByText('внутреннее').waitFor();
    await page.getByRole('button', { name: 'Взять' }).click();
    await page.getByText('Обращение ваше.').waitFor();
    await eventually(async () => {
      const { assignee, accepted } = await studio.product.call('GET', `/tickets/${studio.seeded.courier}`);
      return assignee === 'olga' && accepted === true;
    });
    await page.getByRole('button', { name: 'Решено' }).click();
    await page.getByRole('main').getByText('решено', { exact: true }).first().waitFor();
  });

  it('is found on the card of its contact, and leads back there', async () => {
    const page = await open(`/tickets/${studio.seeded.lamp}`);
    await page.getByRole('link', { name: 'Oscar Lind' }).click();
    await page.getByRole('heading', { name: 'Oscar Lind', level: 1 }).waitFor();
    await page.getByRole('region', { name: 'Tickets' }).getByRole('link', { name: 'My lamp blinks' }).click();
    await page.getByRole('heading', { name: 'My lamp blinks', level: 1 }).waitFor();
  });

  it('says what is wrong with an address that leads nowhere', async () => {
    const page = await open('/tickets/nowhere');
    await page.getByText('There is no such thing').waitFor();
    await page.getByRole('link', { name: 'Tickets' }).first().waitFor();
  });
});

describe('the knowledge base', () => {
  it('is written, previewed, found in other forms of its words and removed', async () => {
    const page = await open('/knowledge', { language: 'ru' });
    await page.getByRole('link', { name: 'Написать статью' }).click();
    await page.getByRole('textbox', { name: /^Ключ/ }).fill('late-courier');
    await page.getByRole('textbox', { name: 'Заголовок (русский)' }).fill('Курьер опаздывает');
    await page.getByRole('textbox', { name: 'Текст (русский)' }).fill('Позвоните **диспетчеру**.');
    const russian = page.getByRole('region', { name: 'русский' });
    await russian.getByRole('tab', { name: 'Как выглядит' }).click();
    await russian.locator('strong', { hasText: 'диспетчеру' }).waitFor();
    await page.getByRole('button', { name: 'Сохранить' }).click();
    await page.getByRole('heading', { name: 'Курьер опаздывает', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'База знаний' }).first().click();
    await page.getByRole('searchbox').fill('опаздывающие курьеры');
    await page.getByRole('link', { name: /Лампа мигает/ }).waitFor({ state: 'detached' });
    await page.getByRole('searchbox').fill('курьеры');
    await page.getByRole('link', { name: /Курьер опаздывает/ }).click();
    await page.getByRole('button', { name: 'Удалить статью' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Удалить статью' }).click();
    await page.getByText('Удалено.').waitFor();
  });

  it('refuses half an article and says which half is missing', async () => {
    const page = await open('/knowledge/new');
    await page.getByRole('textbox', { name: /^Key/ }).fill('half');
    await page.getByRole('textbox', { name: 'Title (English)' }).fill('Half');
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('alert')
      .getByText(/text needs a title|write it in/)
      .waitFor();
  });
});

describe('for everybody', () => {
  const paths = () => ['/tickets', `/tickets/${studio.seeded.lamp}`, '/knowledge', '/knowledge/lamp-blinks'];

  it.each([
    { language: 'en', theme: 'light' },
    { language: 'ru', theme: 'dark' },
  ] as const)('breaches no rule of WCAG 2.2 AA ($language, $theme)', async (who) => {
    const page = await open('/tickets', who);
    const trouble = troubles(page);
    for (const path of paths()) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('load');
      await eventually(async () => (await page.locator('.mantine-Skeleton-root').count()) === 0);
      expect(await breaches(page), path).toEqual([]);
    }
    expect(trouble).toEqual([]);
  });

  it('fits a phone: nothing is wider than the screen', async () => {
    const page = await open('/tickets', { width: 360 });
    for (const path of paths()) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.evaluate<number>('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(360);
    }
  });
});
