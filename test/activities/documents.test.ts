import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { EffectDeps } from '../../activities/effects/effect.ts';
import { generateDocument } from '../../activities/effects/generate-document.ts';
import { sendMessage } from '../../activities/effects/send-message.ts';
import { documentContent } from '../../engine/documents/request.ts';
import type { EffectOf } from '../../engine/model/effects.ts';
import { Documents } from '../../store/models/document.ts';
import { Messages } from '../../store/models/message.ts';
import { shippedDocuments } from '../support/documents.ts';
import { insertContact } from '../support/records.ts';
import { EffectBench } from './bench.ts';

let bench: EffectBench;
let deps: EffectDeps;

beforeAll(async () => {
  bench = await EffectBench.open({ documents: await shippedDocuments() });
  deps = bench.deps;
  await insertContact('anna', { firstName: 'Анна', language: 'ru', email: 'anna@example.com' });
});
afterAll(async () => {
  await deps.documents.close();
  await bench.close();
});

function effect(key: string, content: object, contactId = 'anna'): EffectOf<'generate-document'> {
  const subject = { kind: 'deal', id: 'deal-1', contactId } as const;
  const item = {
    subject,
    content: documentContent.parse({
      template: 'invoice',
      items: [{ name: 'x', quantity: 1, price: 9.5 }],
      ...content,
    }),
    deal: { title: 'Большая сделка' },
  };
  return { name: 'generate-document', key, instance: 'i', item };
}

describe('generate-document', () => {
  it('makes one document for one key, however often it is performed', async () => {
    const asked = [effect('i/a/1', {}), effect('i/b/1', { currency: 'EUR' })];
    const [first, again] = await Promise.all([generateDocument(asked, deps), generateDocument(asked, deps)]);
    expect(again).toEqual(first);
    expect(await generateDocument(asked, deps)).toEqual(first);
    const docs = await Documents.find().sort({ n: 1 }).lean();
    expect(docs).toMatchObject([
      { n: 1, dealId: 'deal-1', createdBy: 'instance:i', snapshot: { deal: { title: 'Большая сделка' } } },
      { n: 2 },
    ]);
    const made = first.find(({ key }) => key === 'i/a/1');
    expect(made).toMatchObject({
      status: 'performed',
      result: { document: { gross: 9.5, currency: 'RUB', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    });
  });

  it('fails for good for what is wrong, and holds up no other', async () => {
    const before = await Documents.countDocuments();
    const outcomes = await generateDocument(
      [
        effect('i/c/1', { data: { duee: 'x' } }),
        effect('i/d/1', { template: 'invoce' }),
        effect('i/e/1', {}, 'ghost'),
        effect('i/f/1', {}),
      ],
      deps,
    );
    expect(outcomes.map((outcome) => [outcome.status, 'error' in outcome ? outcome.error.code : ''])).toEqual([
      ['failed', 'DOCUMENT_DATA_INVALID'],
      ['failed', 'TEMPLATE_NOT_FOUND'],
      ['failed', 'NOT_FOUND'],
      ['performed', ''],
    ]);
    expect(await Documents.countDocuments()).toBe(before + 1);
  });
});

describe('send-message', () => {
  it('makes the Word file that is to go along, and fails for a document that has none', async () => {
    const asked = [effect('i/word/1', { template: 'contract' }), effect('i/plain/1', {})];
    const made = await generateDocument(asked, deps);
    const mails = made.map(({ key, ...outcome }) =>
      mail(key, 'result' in outcome ? outcome.result?.document : undefined),
    );
    expect(await Documents.countDocuments({ docx: { $exists: true } })).toBe(0);
    const outcomes = await sendMessage(mails, deps);
    expect(outcomes.toSorted((a, b) => a.key.localeCompare(b.key))).toMatchObject([
      { key: 'i/plain/1/mail', status: 'failed', error: { code: 'NOT_FOUND' } },
      { key: 'i/word/1/mail', status: 'performed', result: { verdict: 'sent' } },
    ]);
    expect(await Documents.find({ docx: { $exists: true } }).lean()).toMatchObject([{ effectKey: 'i/word/1' }]);
    expect(await Messages.find().lean()).toMatchObject([{ _id: 'i/word/1/mail', item: { format: 'docx' } }]);
  });
});

function mail(key: string, document: unknown): EffectOf<'send-message'> {
  const { id } = z.object({ id: z.string() }).parse(document);
  const about = { contactId: 'anna', channel: 'email', template: 'document', purpose: 'transactional' } as const;
  const where = { process: 'p', step: 'mail', priority: 50, onCap: 'defer', timezone: 'contact' } as const;
  const item = { ...about, ...where, document: id, format: 'docx' as const, data: { trigger: {}, vars: {} } };
  return { name: 'send-message', key: `${key}/mail`, instance: 'i', item: { ...item, deferUntil: deps.now } };
}
