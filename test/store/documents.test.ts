import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellingOfBytes, tellingOfVoid } from '../../delivery/documents/telling.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { findDocument, keepBytes, numberDocuments, voidDocument } from '../../store/documents.ts';
import { findIntake } from '../../store/intake.ts';
import { Documents } from '../../store/models/document.ts';
import { startScript } from '../delivery/fixtures/child.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';
import { draft } from './fixtures/drafts.ts';

let environment: TestEnvironment;

beforeAll(async () => {
  environment = await testEnvironment();
  await connectStore(environment.mongoUri);
  await ensureIndexes();
});
afterAll(async () => {
  await closeStore();
  await environment.close();
});

async function numbersOf(series: string): Promise<number[]> {
  const docs = await Documents.find({ series }, { n: 1 }).lean();
  return docs.map(({ n }) => n).sort((a, b) => a - b);
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('numbers of documents', () => {
  it('are 1 to 200 for 200 documents at once, in transactions of any size', async () => {
    const sizes = [1, 2, 5, 12, 20, 1, 3, 6];
    const batches = Array.from({ length: 32 }, (_, index) => sizes[index % sizes.length] ?? 1);
    const made = await Promise.all(batches.map((size) => numberDocuments(upTo(size).map(() => draft('rush')))));
    expect(made.flat().map((doc) => doc?.n)).toHaveLength(200);
    expect(await numbersOf('rush')).toEqual(upTo(200));
  });

  it('have no gap and no twin when their makers are killed', { timeout: 240_000 }, async () => {
    const env = { MONGODB_URI: environment.mongoUri, SERIES: 'kills' };
    for (const seen of [20, 60]) {
      const children = await Promise.all(
        [1, 2].map(() => startScript('test/store/fixtures/numbering-process.ts', env)),
      );
      await expect.poll(async () => (await numbersOf('kills')).length, { timeout: 90_000 }).toBeGreaterThan(seen);
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(
        children.map(async (child) => child.exitCode === null && child.signalCode === null && once(child, 'exit')),
      );
    }
    await numberDocuments([draft('kills')]);
    const numbers = await numbersOf('kills');
    expect(numbers).toEqual(upTo(numbers.length));
  });

  it('begin anew each year and in each series', async () => {
    const made = await numberDocuments([draft('a'), draft('b'), draft('a', { year: 2027 }), draft('a')]);
    expect(made.map((doc) => [doc?.series, doc?.year, doc?.n, doc?.snapshot.number])).toEqual([
      ['a', 2026, 1, 'a-1'],
      ['b', 2026, 1, 'b-1'],
      ['a', 2027, 1, 'a-1'],
      ['a', 2026, 2, 'a-2'],
    ]);
  });

  it('are given once for one key, however often and by how many it is asked', async () => {
    const asked = await Promise.all(upTo(10).map(() => numberDocuments([draft('once', { effectKey: 'i/s/1' })])));
    expect(new Set(asked.flat().map((doc) => doc?._id)).size).toBe(1);
    expect(await numbersOf('once')).toEqual([1]);
  });
});

describe('a document', () => {
  it('is superseded once, and what comes too late gets no number', async () => {
    const [first] = await numberDocuments([draft('chain')]);
    const both = await Promise.all(
      [1, 2].map(() => numberDocuments([draft('chain', { supersedes: first?._id ?? '' })])),
    );
    const [second, ...more] = both.flat().filter((doc) => doc !== null);
    expect(more).toEqual([]);
    expect(await findDocument(first?._id ?? '')).toMatchObject({ status: 'superseded', supersededBy: second?._id });
    expect(await numbersOf('chain')).toEqual([1, 2]);
  });

  it('is voided once, keeps its number, and is told of with it', async () => {
    const [doc] = await numberDocuments([draft('void')]);
    const id = doc?._id ?? '';
    const by = { reason: 'a mistake', by: 'api' as const, at: new Date(0) };
    const telling = tellingOfVoid(id, 0);
    expect(await voidDocument(id, by, telling)).toMatchObject({ status: 'void', voided: by, number: 'void-1' });
    expect(await voidDocument(id, by, telling)).toBeNull();
    expect(await findIntake(telling._id)).toMatchObject({ status: 'pending' });
    await numberDocuments([draft('void')]);
    expect(await numbersOf('void')).toEqual([1, 2]);
  });

  it('keeps the bytes that came first, and tells of them once', async () => {
    const [doc] = await numberDocuments([draft('bytes')]);
    const id = doc?._id ?? '';
    const files = upTo(5).map((n) => ({ file: `f${n}`, sha256: `h${n}`, size: n }));
    const telling = doc === undefined || doc === null ? [] : tellingOfBytes(doc);
    const kept = await Promise.all(files.map((file) => keepBytes(id, 'pdf', file, telling)));
    expect(await findIntake(`document/${id}`)).toMatchObject({ status: 'pending' });
    expect(new Set(kept.map(({ file }) => file)).size).toBe(1);
    expect((await findDocument(id))?.pdf).toEqual(kept[0]);
  });
});
