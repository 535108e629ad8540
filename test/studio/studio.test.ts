import { describe, expect, it } from 'vitest';
import { catalogue } from '../../engine/errors/catalogue.ts';
import { eventually } from '../support/poll.ts';
import { breaches } from './accessibility.ts';
import { troubles } from './browser.ts';
import { useStudio } from './studio.ts';
import { seed } from './tour.ts';

const studio = useStudio(seed);
const { open } = studio;

describe('the key', () => {
  it('is asked for, refused when wrong, and lets in when right', async () => {
    const page = await open('/mailbox', { withKey: false });
    await page.getByLabel('API key').fill('no such key at all');
    await page.getByLabel('API key').press('Enter');
    await page.getByText('This key was refused').waitFor();
    await page.getByLabel('API key').fill(studio.product.key);
    await page.getByLabel('API key').press('Enter');
    await page.getByRole('heading', { name: 'Mailbox', level: 1 }).waitFor();
  });

  it('is taken out of the address that the start command prints', async () => {
    const page = await open(`/contacts#key=${studio.product.key}`, { withKey: false });
    await page.getByRole('link', { name: 'Peter Smith' }).waitFor();
    expect(page.url()).toBe(`${studio.product.url}/contacts`);
  });
});

describe('the frame', () => {
  it('begins with a way past the menu, and leads to the content of a new page', async () => {
    const page = await open('/contacts');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const focused = () => page.evaluate<string>('document.activeElement.id');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('content');
    await page.getByRole('link', { name: 'Processes' }).press('Enter');
    await page.getByRole('heading', { name: 'Processes', level: 1 }).waitFor();
    await eventually(async () => (await focused()) === 'content');
    expect(await page.title()).toBe('Processes · Voronka');
  });
});

describe('the mailbox', () => {
  it('shows a mail rendered in a frame without scripts, as text, with headers and source', async () => {
    const page = await open('/mailbox');
    const trouble = troubles(page);
    await page.getByRole('link', { name: /peter@example\.com/ }).click();
    const frame = page.locator('iframe');
    expect(await frame.getAttribute('sandbox')).not.toMatch(/allow-scripts|allow-same-origin|allow-forms/);
    await page.frameLocator('iframe').getByRole('heading', { name: 'Peter, good to meet you' }).waitFor();
    await page.getByRole('tab', { name: 'Text' }).click();
    await page.getByRole('tabpanel').getByText('Your sign-up has arrived').waitFor();
    await page.getByRole('tab', { name: 'Headers' }).click();
    await page.getByRole('rowheader', { name: 'Message-ID' }).waitFor();
    await page.getByRole('tab', { name: 'Source' }).click();
    await page.getByRole('region', { name: 'Source' }).getByText('Content-Type: multipart/alternative').waitFor();
    expect(trouble).toEqual([]);
  });

  it('opens a link of a mail in a tab of its own, by the tracked address', async () => {
    const page = await open('/mailbox');
    let target = '';
    // As far as the redirect, and not out of the house.
    await page.context().route('**/t/c/**', async (route) => {
      target = (await route.fetch({ maxRedirects: 0 })).headers().location ?? '';
      await route.fulfill({ body: 'Followed' });
    });
    await page.getByRole('link', { name: /peter@example\.com/ }).click();
    const link = page.frameLocator('iframe').getByRole('link', { name: 'Have a look around' });
    const [tab] = await Promise.all([page.waitForEvent('popup'), link.click()]);
    await tab.getByText('Followed').waitFor();
    expect(target).toBe('https://example.com/catalogue');
  });

  it('is walked through with the keyboard, and remembers what was read', async () => {
    const page = await open('/mailbox');
    const list = page.getByRole('list', { name: 'Messages' });
    await list.getByRole('link').nth(3).waitFor();
    expect(await list.getByText('Unread').count()).toBe(4);
    await list.getByRole('link').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('article').waitFor();
    expect(await list.getByRole('link').nth(2).getAttribute('aria-current')).toBe('page');
    expect(await list.getByText('Unread').count()).toBe(3);
  });

  it('finds a recipient and shows an SMS', async () => {
    const page = await open('/mailbox');
    await page.getByRole('searchbox').fill('+79123456789');
    const list = page.getByRole('list', { name: 'Messages' });
    await eventually(async () => (await list.getByRole('link').count()) === 1);
    await list.getByRole('link').click();
    await page.getByRole('heading', { name: 'SMS to +79123456789' }).waitFor();
    await page.getByRole('article').getByText('Перезвоним в течение двух рабочих часов').waitFor();
    await page.getByRole('searchbox').fill('nobody');
    await page.getByText('Nobody like that got a message').waitFor();
  });
});

describe('contacts', () => {
  it('are found by the beginning of a word and opened', async () => {
    const page = await open('/contacts', { language: 'ru' });
    await page.getByRole('searchbox').fill('ива');
    await page.getByRole('link', { name: 'Peter Smith' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Анна Иванова' }).click();
    await page.getByRole('heading', { name: 'Анна Иванова', level: 1 }).waitFor();
    const timeline = page.getByRole('region', { name: 'История' });
    await timeline.getByText('lead.created').first().waitFor();
    await timeline.getByText('Сбой', { exact: true }).waitFor();
    await timeline.getByText('Сообщения', { exact: true }).click();
    await timeline.getByText('lead.created').first().waitFor({ state: 'detached' });
    await timeline.getByText('anna@example.com').waitFor();
  });

  it('say so when there is none, and when the server says no', async () => {
    const page = await open('/contacts?search=nobody');
    await page.getByText('No contact matches').waitFor();
    await page.goto('/contacts/none');
    const alert = page.getByRole('alert');
    await alert.getByText('Check the address and the id').waitFor();
    await alert.getByRole('button', { name: 'Try again' }).waitFor();
    const russian = await open('/contacts/none', { language: 'ru' });
    await russian.getByRole('alert').getByText('Такого здесь нет').waitFor();
    for (const colorScheme of ['dark', 'light'] as const) {
      await russian.emulateMedia({ colorScheme });
      await russian.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
      expect(await breaches(russian), colorScheme).toEqual([]);
    }
  });
});

describe('processes', () => {
  it('are drawn with counts and incidents, in words too', async () => {
    const page = await open('/processes');
    await page.getByRole('link', { name: '2 incidents' }).waitFor();
    await page.getByRole('link', { name: 'Tour of the studio' }).click();
    const graph = page.getByRole('region', { name: 'The process as a graph' });
    await graph.getByText('In parallel').waitFor();
    await graph.getByRole('img', { name: '2 incidents' }).waitFor();
    const steps = page.getByRole('list', { name: 'Steps' });
    expect(await steps.getByRole('button').count()).toBe(7);
    await steps.getByRole('button', { name: /1 day · sleep/ }).waitFor();
    await steps.getByRole('button').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('pro → both · otherwise → done');
    await page.keyboard.press('Enter');
    await page.getByRole('table', { name: 'Instances' }).getByText('Peter Smith').waitFor();
    expect(new URL(page.url()).searchParams.get('step')).toBe('plan');
  });

  it('let an incident be retried from the page, once its cause is gone', async () => {
    const [first = ''] = studio.seeded.instances;
    const { contactId } = await studio.product.call('GET', `/instances/${first}`);
    await studio.product.call('PATCH', `/contacts/${contactId}`, { attributes: { plan: 'pro' } });
    const { firstName } = await studio.product.call('GET', `/contacts/${contactId}`);
    const page = await open('/processes/studio-tour?tab=incidents');
    const incidents = page.getByRole('list', { name: 'Incidents' });
    const mine = incidents.getByRole('listitem').filter({ hasText: String(firstName) });
    await mine.getByText('CONDITION_FIELD_MISSING').waitFor();
    await mine.getByText(catalogue.CONDITION_FIELD_MISSING.title).waitFor();
    await mine.getByRole('button', { name: 'Retry' }).click();
    await mine.waitFor({ state: 'detached', timeout: 60_000 });
    expect((await studio.product.call('GET', `/instances/${first}`)).at).toContain('sleep');
    await page.getByRole('tab', { name: 'Instances' }).click();
    await page.getByRole('button', { name: new RegExp(String(firstName)) }).click();
    const drawer = page.getByRole('dialog', { name: 'Instance' });
    await drawer.getByText('Tried again').waitFor();
    await drawer.getByRole('heading', { name: 'Why it stands here' }).waitFor();
    await drawer.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog', { name: 'Cancel' }).getByRole('button', { name: 'Cancel' }).last().click();
    await eventually(async () => (await studio.product.call('GET', `/instances/${first}`)).outcome === 'cancelled', {
      within: 60_000,
    });
  });

  it('are switched off after a question', async () => {
    const page = await open('/processes/studio-tour', { language: 'ru' });
    await page.getByRole('switch', { name: 'Принимает новых' }).click({ force: true });
    await page.getByRole('dialog').getByText('Те, кто уже внутри, дойдут до конца.').waitFor();
    await page.getByRole('button', { name: 'Выключить' }).click();
    await page.getByText('выключен', { exact: true }).waitFor();
    expect((await studio.product.call('GET', '/definitions/process/studio-tour')).enabled).toBe(false);
  });
});

describe('every page meets WCAG 2.2 AA in both languages and themes, and fits a narrow screen', () => {
  const pages: [string, () => string][] = [
    ['the mailbox', () => `/mailbox?id=${encodeURIComponent(studio.seeded.mail)}`],
    ['the contacts', () => '/contacts'],
    ['a contact', () => `/contacts/${studio.seeded.contacts[0]}`],
    ['the processes', () => '/processes'],
    ['a process', () => '/processes/studio-tour'],
    ['an instance', () => `/processes/studio-tour?tab=instances&instance=${studio.seeded.instances[1]}`],
    ['the incidents', () => '/processes/studio-tour?tab=incidents'],
    ['the versions', () => '/processes/studio-tour?tab=versions'],
    ['no page', () => '/nowhere'],
  ];

  it.each(pages)('%s', async (_, path) => {
    const page = await open(path());
    const trouble = troubles(page);
    await page.waitForLoadState('networkidle');
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    for (const language of ['ru', 'en'] as const) {
      // An open dialog covers the switch.
      await page.locator(`header input[value=${language}]`).dispatchEvent('click');
      await page.locator(`html[lang=${language}]`).waitFor();
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
        expect(await breaches(page), `${language}, ${colorScheme}`).toEqual([]);
      }
    }
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await breaches(page), 'narrow').toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360);
    expect(trouble).toEqual([]);
  });
});

describe('the mailbox at the end', () => {
  it('is emptied after a question', async () => {
    const page = await open('/mailbox');
    await page.getByRole('button', { name: 'Empty the mailbox' }).click();
    const question = page.getByRole('dialog');
    await question.getByText('All messages are removed').waitFor();
    await question.getByRole('button', { name: 'Empty the mailbox' }).click();
    await page.getByText('No messages yet').waitFor();
    expect((await studio.product.call('GET', '/mailbox')).items).toEqual([]);
  });
});
