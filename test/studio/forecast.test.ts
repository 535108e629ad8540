import { describe, expect, it } from 'vitest';
import { forecastAnswer } from '../../api/routes/forecast-shapes.ts';
import { closeStore, connectStore } from '../../store/connect.ts';
import { Deals } from '../../store/models/deal.ts';
import { pastDeals } from '../support/past-deals.ts';
import { eventually } from '../support/poll.ts';
import { breaches } from './accessibility.ts';
import { troubles } from './browser.ts';
import type { Product } from './product.ts';
import { useStudio } from './studio.ts';

const stages = [
  { key: 'new', name: { en: 'New', ru: 'Новая' } },
  { key: 'qualified', name: { en: 'Qualified', ru: 'Квалифицирована' } },
  { key: 'proposal', name: { en: 'Proposal', ru: 'Предложение' } },
  { key: 'contract', name: { en: 'Contract', ru: 'Договор' } },
];

/** A pipeline with most of a year behind it, and one in which next to nothing has happened. */
async function openMarket({ call, mongoUri }: Product) {
  await call('PUT', '/users/anna', { name: 'Anna Orlova', role: 'sales', language: 'en' });
  await call('PUT', '/users/boris', { name: 'Boris Stein', role: 'sales', language: 'en' });
  for (const [key, name] of [
    ['market', 'Market'],
    ['quiet', 'Quiet'],
  ]) {
    await call('POST', `/definitions/pipeline/${key}/publish`, {
      body: { kind: 'pipeline', key, name, stages },
      by: 'test',
    });
  }
  const { id } = await call('POST', '/deals', { email: 'anton@example.com', pipeline: 'quiet', title: 'Lost at once' });
  const known = async () => await call('GET', `/deals/${String(id)}`).catch(() => false);
  await eventually(known, { within: 60_000 });
  const { contactId } = await call('POST', `/deals/${String(id)}/lost`, {});
  const deals = pastDeals('market', 400, { now: Date.now(), firstNumber: 1000, contactId: String(contactId) });
  await connectStore(mongoUri);
  await Deals.insertMany(deals);
  await closeStore();
  const [open] = deals.filter(({ status, owner }) => status === 'open' && owner === 'anna');
  if (open === undefined) throw new Error('Anna has an open deal');
  return { open };
}

const studio = useStudio(openMarket);
const market = '/forecast?pipeline=market';

describe('the forecast', () => {
  it('shows what is expected by month and owner, and opens the deals behind a number', async () => {
    const page = await studio.open(market);
    const trouble = troubles(page);
    const table = page.getByRole('region', { name: 'By month and owner, in RUB' });
    await table.getByRole('rowheader', { name: 'Everybody' }).waitFor();
    expect(await table.getByRole('columnheader').count()).toBe(9);
    const number = table.getByRole('button', {
      name: /^Anna Orlova, In all: [\d.]+[KM] expected; between RUB\s[\d,]+ and RUB\s[\d,]+ with 80 %/,
    });
    await number.click();
    expect(await number.getAttribute('aria-pressed')).toBe('true');
    const behind = page.getByRole('region', { name: 'The deals behind: Anna Orlova, In all' });
    await behind.getByRole('link', { name: `#${studio.seeded.open.number} ${studio.seeded.open.title}` }).waitFor();
    const sum = (await behind.getByRole('row').all()).length - 1;
    expect(sum).toBeGreaterThan(3);
    expect(page.url()).toContain('owner=anna');
    await page.reload();
    await behind.waitFor();
    await behind.getByRole('button', { name: 'Close' }).click();
    await behind.waitFor({ state: 'detached' });
    expect(trouble).toEqual([]);
  });

  it('adds up to what the API says', async () => {
    const { currencies } = forecastAnswer.parse(await studio.product.call('GET', '/forecast?pipeline=market'));
    const expected = currencies[0]?.total.expected ?? 0;
    const page = await studio.open(market);
    const headline = await page
      .getByText(/^RUB\s[\d,]+$/)
      .first()
      .textContent();
    // Seconds have passed between the two.
    expect(Number(headline?.replaceAll(/\D/g, '')) / expected).toBeCloseTo(1, 3);
  });

  it('looks as many months ahead as one likes, and says in words how good it was', async () => {
    const page = await studio.open(market);
    await page.getByText('3 months', { exact: true }).click();
    const table = page.getByRole('region', { name: /By month and owner/ });
    await expect.poll(() => table.getByRole('columnheader').count()).toBe(6);
    expect(page.url()).toMatch(/months=(%22)?3/);
    const quality = page.getByRole('region', { name: 'How good it is' });
    await quality.getByText(/Checked on \d+ past deals that it had not seen\. Its error is \d+% smaller/).waitFor();
    await quality.getByText(/Stage, time in the stage, silence, amount and source count/).waitFor();
  });

  it('says where nothing is open, and where too little is over to judge', async () => {
    const page = await studio.open('/forecast?pipeline=quiet');
    await page.getByRole('heading', { name: 'No open deals' }).waitFor();
    await page.getByText('Learned from 1 deal that is over; won: 0.').waitFor();
    await page.getByText('Too few to check how good the forecast is.').waitFor();
  });

  it('explains the chance of a deal on its card', async () => {
    const page = await studio.open(`/deals/${studio.seeded.open._id}`, { language: 'ru' });
    const panel = page.getByRole('region', { name: 'Шанс выиграть' });
    await panel.getByText('Из всех сделок воронки').waitFor();
    await panel.getByText(/^Этап: (Новая|Квалифицирована|Предложение|Договор)$/).waitFor();
    await panel.getByText(/^На этапе .+ \(обычно .+\)$/).waitFor();
    await panel.getByText(/^Источник: (referral|advert)$/).waitFor();
    await panel.getByText(/с вероятностью 80 % от \d+/).waitFor();
  });
});

describe('for everybody', () => {
  it.each([
    { language: 'en', theme: 'light', width: 1280 },
    { language: 'ru', theme: 'dark', width: 1280 },
    { language: 'ru', theme: 'light', width: 400 },
  ] as const)('has nothing that axe objects to: $language, $theme, $width px', async (who) => {
    const page = await studio.open(`${market}&owner=@all&month=total`, who);
    await page.getByRole('table').nth(1).waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await breaches(page)).toEqual([]);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
