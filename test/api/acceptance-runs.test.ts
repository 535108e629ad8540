import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentsOf, type Waiting } from '../../api/acceptance-runs.ts';
import { intakeDoc, intakeItem } from '../../delivery/intake/items.ts';
import { itemsOf, toStored } from '../../store/intake.ts';

/** Requests in the order in which they came, a millisecond apart at most; what each is answered goes to `answers`. */
function waitingFor(came: { event: boolean; pause: number; size: number }[], answers: Map<number, string>): Waiting[] {
  let at = 0;
  const reject = (error: unknown) => {
    throw error;
  };
  return came.map(({ event, pause, size }, n) => {
    at += pause;
    const id = `${n}`.padStart(24, '0');
    const body = { event: 'page.viewed', email: 'a@example.com', data: { n, filling: 'x'.repeat(size) } };
    if (event) {
      const resolve = (answer: string) => void answers.set(n, answer);
      return { id, body: JSON.stringify(body), at, resolve, reject };
    }
    const doc = toStored(intakeDoc(id, [intakeItem('event', `${id}.0`, body, 'api')], at));
    return { doc, resolve: () => void answers.set(n, `${id}.0`), reject };
  });
}

const came = fc.record({
  event: fc.boolean(),
  pause: fc.integer({ min: 0, max: 1 }),
  size: fc.constantFrom(0, 0, 0, 400_000),
});

describe('documents of requests that are stored together', () => {
  it('hold every request once under the id of its answer, and sort as the requests came', () => {
    fc.assert(
      fc.property(fc.array(came, { maxLength: 40 }), (all) => {
        const answers = new Map<number, string>();
        const docs = documentsOf(waitingFor(all, answers));
        for (const { resolve } of docs) resolve(true);
        const sorted = docs
          .map(({ doc }) => doc)
          .sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime() || (a._id < b._id ? -1 : 1));
        const items = sorted.flatMap(itemsOf);
        expect(items.map(({ id }) => id)).toEqual(all.map((_, n) => answers.get(n)));
        expect(items.map(({ body }) => body)).toMatchObject(all.map((_, n) => ({ data: { n } })));
      }),
    );
  });

  it('are one for events that came one after another, up to a megabyte', () => {
    const events = (sizes: number[]) =>
      waitingFor(
        sizes.map((size) => ({ event: true, pause: 1, size })),
        new Map(),
      );
    const sizesOf = (sizes: number[]) => documentsOf(events(sizes)).map(({ doc }) => itemsOf(doc).length);
    expect(sizesOf(Array(300).fill(10))).toEqual([300]);
    expect(sizesOf([400_000, 400_000, 400_000, 10, 2_000_000, 10])).toEqual([2, 2, 1, 1]);
  });

  it('are of the time when their last event came: one that was answered before it came is not behind it', () => {
    const [one] = documentsOf(
      waitingFor(
        [1, 1, 1].map((pause) => ({ event: true, pause, size: 0 })),
        new Map(),
      ),
    );
    expect(one?.doc.receivedAt).toEqual(new Date(3));
  });
});
