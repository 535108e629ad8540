import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EffectDeps } from '../../activities/effects/effect.ts';
import { generateDocument } from '../../activities/effects/generate-document.ts';
import { realClock } from '../../config/clock.ts';
import { createLogger } from '../../config/log.ts';
import { openQueues } from '../../delivery/queues.ts';
import { documentContent } from '../../engine/documents/request.ts';
import { defaultPolicy } from '../../engine/library.ts';
import type { EffectOf } from '../../engine/model/effects.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { Documents } from '../../store/models/document.ts';
import { shippedDocuments } from '../support/documents.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';
import { insertContact } from '../support/records.ts';

let environment: TestEnvironment;
let deps: EffectDeps;

beforeAll(async () => {
  environment = await testEnvironment();
  await connectStore(environment.mongoUri);
  await ensureIndexes();
  const queues = openQueues({ redisUrl: environment.redisUrl, prefix: environment.redisPrefix });
  const log = createLogger(environment.config, 'test');
  const documents = await shippedDocuments();
  const company = { policy: defaultPolicy, calendars: {}, routings: {} };
  deps = { clock: realClock, queues, log, httpAllowedHosts: [], documents, now: Date.now(), ...company };
  await insertContact('anna', { firstName: 'Анна', language: 'ru' });
});
afterAll(async () => {
  await deps.documents.close();
  await deps.queues.close();
  await closeStore();
  await environment.close();
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
