import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentMaker } from '../../delivery/documents/maker.ts';
import { type DealDoc, Deals } from '../../store/models/deal.ts';
import { Documents } from '../../store/models/document.ts';
import { parsePdf } from '../documents/fixtures.ts';
import { shippedDocuments } from '../support/documents.ts';
import { insertContact } from '../support/records.ts';
import { type ApiBench, apiBench } from './bench.ts';

let api: ApiBench;
let documents: DocumentMaker;
const anna = { firstName: 'Анна', lastName: 'Кузнецова', company: 'ООО «Ромашка»', email: 'anna@example.com' };
const items = [{ name: 'Настройка воронки', quantity: 2, unit: 'шт.', price: 1_500.5, tax: 20 }];

beforeAll(async () => {
  documents = await shippedDocuments(2);
  api = await apiBench({ documents });
  await insertContact('anna', { ...anna, language: 'ru' });
  await insertContact('nobody', { language: 'en' });
});
afterAll(async () => {
  await api.close();
  await documents.close();
});

const order = (more: object = {}) => ({ contactId: 'anna', template: 'invoice', items, ...more });
const make = async (more: object = {}, headers: Record<string, string> = {}) =>
  await api.call('POST', '/api/documents', order(more), headers);

async function bytesOf(path: string, body?: object): Promise<Buffer> {
  const response = await fetch(`${api.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${api.environment.apiKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

describe('documents', () => {
  it('are made from the contact, get their number, and can be read back', async () => {
    const { status, body } = await make({ data: { due: '2026-12-01' } });
    expect(status).toBe(201);
    const year = new Date().getUTCFullYear();
    expect(body).toMatchObject({
      number: expect.stringMatching(/^INV-20\d\d-0001$/),
      series: 'invoice',
      status: 'issued',
      contactId: 'anna',
      gross: 3_001,
      currency: 'RUB',
      language: 'ru',
    });
    expect(body.number).toContain(String(year));
    const pdf = await bytesOf(`/api/documents/${body.id}/file`);
    expect(createHash('sha256').update(pdf).digest('hex')).toBe(body.pdf.sha256);
    const { pages } = await parsePdf(pdf);
    for (const part of [
      body.number,
      'ООО «Ромашка»',
      '3 001,00',
      'Три тысячи один рубль 00 копеек',
      '1 декабря 2026 г.',
    ]) {
      expect(pages.join(' ').replaceAll('\u00a0', ' ')).toContain(part);
    }
    const one = await api.call('GET', `/api/documents/${body.id}`);
    expect(one.body.snapshot).toMatchObject({ contact: { company: 'ООО «Ромашка»' }, data: { due: '2026-12-01' } });
    expect((await api.call('GET', '/api/documents?contactId=anna')).body.items).toMatchObject([
      { id: body.id, language: 'ru' },
    ]);
  });

  it('are found by the contact into which theirs was merged', async () => {
    await insertContact('olga', { mergedFrom: ['oleg'] });
    await insertContact('oleg', { mergedInto: 'olga' });
    const { body } = await make();
    await Documents.updateOne({ _id: body.id }, { $set: { contactId: 'oleg' } });
    for (const contactId of ['olga', 'oleg']) {
      expect((await api.call('GET', `/api/documents?contactId=${contactId}`)).body.items).toMatchObject([
        { id: body.id },
      ]);
    }
    expect(await api.call('GET', '/api/documents?contactId=ghost')).toMatchObject({ status: 404 });
  });

  it('keep the deal that they are made for, and are not made for the deal of another contact', async () => {
    const at = new Date(0);
    const times = { createdAt: at, stageSince: at, activityAt: at, updatedAt: at };
    const where = { pipeline: 'b2b', stage: 'new', status: 'open' } as const;
    const rest = { items: [], attributes: {}, moves: [], refusals: {} };
    const title = 'Большая сделка';
    const doc: DealDoc = {
      _id: 'deal-1',
      number: 1,
      title,
      contactId: 'anna',
      currency: 'RUB',
      ...where,
      ...times,
      ...rest,
    };
    await Deals.create(doc);
    const { body } = await make({ dealId: 'deal-1' });
    const one = await api.call('GET', `/api/documents/${body.id}`);
    expect(one.body).toMatchObject({ dealId: 'deal-1', snapshot: { deal: { title } } });
    expect((await api.call('GET', '/api/documents?dealId=deal-1')).body.items).toHaveLength(1);
    const foreign = await make({ dealId: 'deal-1', contactId: 'nobody' });
    expect(foreign).toMatchObject({ status: 422, body: { problems: [{ path: 'body.dealId' }] } });
    expect(await make({ dealId: 'ghost' })).toMatchObject({ status: 404 });
  });

  it('are the same bytes when they are made again, whatever the contact has become, and a change of bytes is seen', async () => {
    const { body } = await make({ template: 'contract' });
    await Documents.db.collection('contacts').updateOne({ email: anna.email }, { $set: { company: 'ООО «Лютик»' } });
    for (const format of ['pdf', 'docx']) {
      const { body: same } = await api.call('POST', `/api/documents/${body.id}/remake?format=${format}`);
      expect(same).toMatchObject({ identical: true, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    }
    expect((await api.call('GET', `/api/documents/${body.id}`)).body.docx.sha256).toMatch(/^[0-9a-f]{64}$/);
    await Documents.updateOne({ _id: body.id }, { $set: { 'snapshot.currency': 'USD' } });
    const other = await api.call('POST', `/api/documents/${body.id}/remake`);
    expect(other).toMatchObject({ status: 500, body: { code: 'DOCUMENT_BYTES_DIFFER' } });
    await Documents.db.collection('contacts').updateOne({ email: anna.email }, { $set: { company: anna.company } });
  });

  it('are seen before they are made, and nothing of that is kept', async () => {
    const before = await Documents.countDocuments();
    const { pages } = await parsePdf(await bytesOf('/api/documents/preview', order({ language: 'en' })));
    expect(pages[0]).toContain('Invoice DRAFT of');
    const word = await bytesOf('/api/documents/preview?format=docx', order({ template: 'contract' }));
    expect(word.subarray(0, 2).toString()).toBe('PK');
    expect(await Documents.countDocuments()).toBe(before);
  });

  it('are made once for one Idempotency-Key', async () => {
    const first = await make({}, { 'idempotency-key': 'order-7' });
    expect((await make({}, { 'idempotency-key': 'order-7' })).body).toEqual(first.body);
    const other = await make({ currency: 'EUR' }, { 'idempotency-key': 'order-7' });
    expect(other).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('are superseded once for one Idempotency-Key', async () => {
    const { body: first } = await make({ template: 'proposal' });
    const supersede = (lines: object[]) =>
      api.call(
        'POST',
        `/api/documents/${first.id}/supersede`,
        { template: 'proposal', items: lines },
        { 'idempotency-key': 'again' },
      );
    const { status, body: second } = await supersede(items);
    expect([status, second.supersedes]).toEqual([201, first.id]);
    expect((await supersede(items)).body).toEqual(second);
    expect(await supersede([])).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(await Documents.countDocuments({ supersedes: first.id })).toBe(1);
  });

  it('are voided and superseded for good', async () => {
    const { body: first } = await make({ template: 'proposal' });
    const { status, body: second } = await api.call('POST', `/api/documents/${first.id}/supersede`, {
      template: 'proposal',
      items,
    });
    expect(status).toBe(201);
    expect(second).toMatchObject({ supersedes: first.id, status: 'issued' });
    const { body: old } = await api.call('GET', `/api/documents/${first.id}`);
    expect(old).toMatchObject({ status: 'superseded', supersededBy: second.id });
    const voided = await api.call('POST', `/api/documents/${second.id}/void`, { reason: 'wrong price' });
    expect(voided.body).toMatchObject({ status: 'void', voided: { reason: 'wrong price', by: 'api' } });
    for (const path of [`${first.id}/void`, `${second.id}/void`]) {
      const again = await api.call('POST', `/api/documents/${path}`, { reason: 'again' });
      expect(again).toMatchObject({ status: 409, body: { code: 'DOCUMENT_NOT_CURRENT' } });
    }
    const again = await api.call('POST', `/api/documents/${second.id}/supersede`, { template: 'proposal', items });
    expect(again.status).toBe(409);
  });

  it('of 40 requests at once have numbers without a gap', async () => {
    const made = await Promise.all(Array.from({ length: 40 }, () => make({ template: 'proposal' })));
    expect(made.map(({ status }) => status)).toEqual(made.map(() => 201));
    const docs = await Documents.find({ series: 'proposal' }, { n: 1 }).lean();
    expect(docs.map(({ n }) => n).sort((a, b) => a - b)).toEqual(docs.map((_, index) => index + 1));
  });

  it.each([
    [
      { template: 'invoce' },
      404,
      'TEMPLATE_NOT_FOUND',
      'there is no document template "invoce", did you mean "invoice"?',
    ],
    [{ contactId: 'ghost' }, 404, 'NOT_FOUND', 'there is no contact ghost'],
    [
      { contactId: 'nobody' },
      422,
      'DOCUMENT_DATA_INVALID',
      'client.name is missing: fill in company or a name on the contact',
    ],
    [
      { data: { duee: '2026-12-01' } },
      422,
      'DOCUMENT_DATA_INVALID',
      'the template has no field "duee", did you mean "due"?',
    ],
    [{ data: { due: 'soon' } }, 422, 'TEMPLATE_INVALID', 'needs a date, not "soon"'],
    [{ items: [{ ...items[0], price: -1 }] }, 422, 'VALIDATION_FAILED', 'must not be negative'],
    [
      { items: Array.from({ length: 10_001 }, () => items[0]) },
      422,
      'VALIDATION_FAILED',
      'at most 10000 lines: split it',
    ],
  ])('with %j are refused with the cure, and no number is lost', async (more, status, code, detail) => {
    const before = await Documents.countDocuments();
    const answer = await make(more);
    expect(answer).toMatchObject({ status, body: { code, detail: expect.stringContaining(detail) } });
    expect(await Documents.countDocuments()).toBe(before);
    const next = await make();
    const docs = await Documents.find({ series: 'invoice' }, { n: 1 }).lean();
    expect(next.body.number.endsWith(String(docs.length).padStart(4, '0'))).toBe(true);
  });

  it('of 10,000 lines are made', async () => {
    const { status, body } = await make({ items: Array.from({ length: 10_000 }, () => items[0]) });
    expect(status).toBe(201);
    expect(body.gross).toBe(30_010_000);
  });

  it('have their templates described', async () => {
    const { body } = await api.call('GET', '/api/document-templates');
    expect(body.items.map(({ key, formats }: { key: string; formats: string[] }) => [key, formats])).toEqual([
      ['contract', ['pdf', 'docx']],
      ['invoice', ['pdf']],
      ['proposal', ['pdf']],
    ]);
    const word = await api.call('GET', `/api/documents/${(await make()).body.id}/file?format=docx`);
    expect(word).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});
