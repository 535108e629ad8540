import { describe, expect, it } from 'vitest';
import { contentHash } from '../../engine/hash.ts';
import { closeStore, connectStore } from '../../store/connect.ts';
import { publishVersion } from '../../store/definitions.ts';
import { eventually } from '../support/poll.ts';
import { breaches } from './accessibility.ts';
import { troubles } from './browser.ts';
import type { Product } from './product.ts';
import { useStudio } from './studio.ts';

const email = 'anna@example.com';
const phone = '+79123456789';

/** Two people who turned out to be one, and definitions of another release. */
async function openWorkshop({ call, mongoUri }: Product) {
  await connectStore(mongoUri);
  for (const kind of ['process', 'segment'] as const) {
    const body = { kind, key: 'foreign', name: { en: 'From afar', ru: 'Издалека' }, fromTheFuture: true };
    await publishVersion({
      kind,
      key: 'foreign',
      hash: contentHash(body),
      body,
      by: 'another release',
      now: Date.now(),
    });
  }
  await closeStore();
  const { id: anna } = await call('POST', '/contacts', { email, firstName: 'Anna' });
  const { id: boris } = await call('POST', '/contacts', { phone, firstName: 'Boris', lastName: 'Orlov' });
  await call('POST', '/contacts', { email, phone });
  await eventually(async () => (await call('GET', `/contacts/${String(boris)}`)).id === anna, { within: 30_000 });
  return { anna: String(anna), boris: String(boris) };
}

const studio = useStudio(openWorkshop);

describe('a merge of contacts', () => {
  it('is undone from the timeline after a question, and the card says what stayed', async () => {
    const { anna, boris } = studio.seeded;
    // Under the id of either it is the same card.
    const page = await studio.open(`/contacts/${boris}`);
    const trouble = troubles(page);
    const undo = page.getByRole('button', { name: 'Undo the merge with Boris Orlov' });
    await undo.click();
    const dialog = page.getByRole('dialog', { name: 'Make two contacts of one again?' });
    await dialog.getByText(/Boris Orlov becomes a contact of their own again/).waitFor();
    expect(await breaches(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect((await studio.product.call('GET', `/contacts/${boris}`)).id).toBe(anna);
    await page.goto(`/contacts/${anna}?show=record`);
    await undo.press('Enter');
    await dialog.getByRole('button', { name: 'Undo the merge' }).click();
    await dialog.getByRole('status').getByText('What came since the merge stays here').waitFor();
    expect(await breaches(page)).toEqual([]);
    expect(await studio.product.call('GET', `/contacts/${boris}`)).toMatchObject({ id: boris, phone });
    await dialog.getByRole('link', { name: 'Boris Orlov' }).click();
    await page.getByRole('heading', { name: 'Boris Orlov', level: 1 }).waitFor();
    await page.goto(`/contacts/${anna}?show=record`);
    await page.getByText('Merge of contacts undone').waitFor();
    expect(await undo.count()).toBe(0);
    expect(trouble).toEqual([]);
  });

  it('is offered and told in Russian', async () => {
    const { call } = studio.product;
    const ids = [];
    for (const body of [{ email: 'x@example.com' }, { phone: '+79160000000', firstName: 'Олег' }]) {
      ids.push((await call('POST', '/contacts', body)).id);
    }
    await call('POST', '/contacts', { email: 'x@example.com', phone: '+79160000000' });
    const page = await studio.open(`/contacts/${String(ids[0])}`, { language: 'ru' });
    await page.getByRole('button', { name: 'Отменить объединение: Олег' }).click();
    const dialog = page.getByRole('dialog', { name: 'Снова сделать из одного контакта два?' });
    await dialog.getByText(/Олег снова станет отдельным контактом/).waitFor();
    await dialog.getByRole('button', { name: 'Отменить объединение' }).click();
    await dialog.getByText('Появившееся после объединения осталось здесь').waitFor();
    expect((await call('GET', `/contacts/${String(ids[1])}`)).id).toBe(ids[1]);
  });
});

describe('definitions that this release cannot read', () => {
  it('are named with the reason, in both languages, until they are published anew', async () => {
    const page = await studio.open('/processes');
    const alert = page.getByRole('alert');
    await alert.getByText('Some published definitions cannot be read').waitFor();
    expect(await alert.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/^Process: From afar triggers: /),
      expect.stringMatching(/^Segment: From afar .*fromTheFuture/),
    ]);
    expect(await breaches(page)).toEqual([]);
    const russian = await studio.open('/processes', { language: 'ru' });
    await russian.getByRole('alert').getByText('Процесс: Издалека').waitFor();
    const body = { kind: 'segment', key: 'foreign', name: 'From here' };
    await studio.product.call('POST', '/definitions/segment/foreign/publish', { body, by: 'test' });
    await page.reload();
    await alert.getByText('From afar').waitFor();
    expect(await alert.getByRole('listitem').count()).toBe(1);
  });
});
