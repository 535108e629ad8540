import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { realClock } from '../../../../config/clock.ts';
import { acceptDue } from '../../../../delivery/intake/attention.ts';
import { IntakeConsumer } from '../../../../delivery/intake/consumer.ts';
import { LiveLibrary } from '../../../../delivery/library.ts';
import { findIntake } from '../../../../store/intake.ts';
import type { ApprovalDoc } from '../../../../store/models/approval.ts';
import { Documents } from '../../../../store/models/document.ts';
import { start } from '../bench.ts';
import { Board, one } from './board.ts';

const hour = 3_600_000;
let board: Board;

beforeAll(async () => {
  board = await Board.open();
});
afterAll(async () => await board.bench.close());
beforeEach(async () => await board.clear());

/** A library that is read in every batch, after the batch has read its documents: there something comes in between. */
class Interrupted extends LiveLibrary {
  readonly #between: (() => Promise<unknown>)[];

  constructor(...between: (() => Promise<unknown>)[]) {
    super();
    this.#between = between;
  }

  override async read(): ReturnType<LiveLibrary['read']> {
    await this.#between.shift()?.();
    return await super.read();
  }
}

/** Accepts answers, each a request of its own. @returns their ids */
async function accept(approval: ApprovalDoc, deeds: object[], at = start): Promise<string[]> {
  const { _id: approvalId } = approval;
  return await Promise.all(deeds.map((deed) => board.bench.accept([['approval', { approvalId, ...deed }]], at)));
}

async function problemOf(id: string): Promise<string | null> {
  return (await findIntake(id))?.problems[0]?.code ?? null;
}

describe('a document that changes while a batch decides on it', () => {
  it('lets no decision on the bytes before pass, whether it is superseded or voided', async () => {
    for (const change of ['supersede', 'void'] as const) {
      const subject = await board.aDeal();
      const document = await board.issues(subject);
      const approval = await board.asks({ subject, documentId: document._id, stages: [one('anna')] });
      const [id = ''] = await accept(approval, [board.yes(approval, 'anna')]);
      const library = new Interrupted(() =>
        change === 'void' ? board.voids(document) : board.issues(subject, document),
      );
      const errors: unknown[] = [];
      const onError = (error: unknown) => errors.push(error);
      await new IntakeConsumer({ queues: board.bench.queues, library, clock: realClock, onError }).drain();
      expect([change, await problemOf(id), errors]).toEqual([change, 'APPROVAL_DOCUMENT_CHANGED', []]);
      const after = await board.approval(approval._id);
      expect(after).toMatchObject(change === 'void' ? { status: 'withdrawn' } : { status: 'pending', round: 2 });
    }
  });

  it('changes after a decision that was first', async () => {
    const subject = await board.aDeal();
    const document = await board.issues(subject);
    const approval = await board.asks({ subject, documentId: document._id });
    expect(await board.doesTo(approval, board.yes(approval, 'anna'))).toBeNull();
    await board.voids(document);
    await board.drains();
    expect(await board.approval(approval._id)).toMatchObject({ status: 'approved', round: 1 });
    expect(await Documents.findById(document._id).lean()).toMatchObject({ status: 'void', decisions: 1 });
  });

  it('at any moment beside its approvers has one outcome, which the document bears out', async () => {
    for (let n = 0; n < 12; n++) {
      const subject = await board.aDeal();
      const document = await board.issues(subject);
      const approval = await board.asks({ subject, documentId: document._id, stages: [one('anna', 'boris')] });
      const change = n % 2 === 0 ? board.issues(subject, document) : board.voids(document);
      const ids = await accept(
        approval,
        ['anna', 'boris'].map((user) => board.yes(approval, user)),
      );
      await Promise.all([board.drains(), board.drains(), change]);
      await board.drains();
      const problems = (await Promise.all(ids.map(problemOf))).filter((code) => code !== null);
      const after = await board.approval(approval._id);
      const decided = (await board.told(approval)).filter(({ name }) => name === 'approval.decided');
      const outcome = problems.length === 0 ? 'approved' : n % 2 === 0 ? 'pending' : 'withdrawn';
      expect([n, after.status, decided.length]).toEqual([n, outcome, outcome === 'pending' ? 0 : 1]);
      // Every answer that was taken had kept the document as it was until it was written.
      const taken = after.trail.filter(({ what, round }) => what === 'decision' && round === 1).length;
      expect(taken).toBe(2 - problems.length);
    }
  });
});

describe('a timer beside people', () => {
  it('loses to a decision that waits with it, and wins over one that comes after', async () => {
    const within = { within: 'PT1H' };
    const [first, second] = [await board.asks(within), await board.asks(within)];
    const due = start + hour;
    expect(first).toMatchObject({ dueAt: due, attentionAt: new Date(due) });
    await board.sweeps(due - 1000);
    expect(await board.approval(first._id)).toMatchObject({ status: 'pending' });
    await acceptDue({ clock: { now: () => due + 1000 } });
    // The look was accepted before: it is applied after the person all the same.
    const [id = ''] = await accept(first, [board.yes(first, 'anna')], due + 2000);
    await board.drains();
    expect([await problemOf(id), (await board.approval(first._id)).status]).toEqual([null, 'approved']);
    const timedOut = await board.approval(second._id);
    expect(timedOut).toMatchObject({ status: 'timed-out', decidedAt: due, awaited: [] });
    expect(timedOut.attentionAt).toBeUndefined();
    expect(await board.doesTo(second, board.yes(second, 'anna'), due + 3000)).toBe('APPROVAL_DECIDED');
    expect(await board.toldNames(first)).toEqual(['requested', 'decision', 'decided']);
    expect(await board.toldNames(second)).toEqual(['requested', 'decided']);
  });

  it('withdraws what nobody waits for any more, in place of reminding', async () => {
    const step = { instance: 'gone', id: 'ask', visit: 1 };
    const approval = await board.asks({ remind: 'PT2H', step });
    await board.sweeps(start + 2 * hour);
    expect(await board.approval(approval._id)).toMatchObject({ status: 'withdrawn', awaited: [] });
    expect((await board.told(approval)).slice(1)).toMatchObject([
      { name: 'approval.decided', data: { outcome: 'withdrawn', by: 'system' } },
    ]);
  });

  it('reminds, escalates and ends at its times, once each, by however many sweepers', async () => {
    const terms = { remind: 'PT2H', within: 'PT6H', escalate: { after: 'PT3H', to: { role: 'head' } } };
    const approval = await board.asks({ ...terms, stages: [one('anna', 'boris')] });
    for (const hours of [1, 2, 3, 4, 5, 6, 7]) {
      const at = start + hours * hour + 5000;
      await Promise.all([acceptDue({ clock: { now: () => at } }), acceptDue({ clock: { now: () => at } })]);
      await Promise.all([board.drains(), board.drains()]);
      await board.sweeps(at);
    }
    const told = await board.told(approval);
    expect(told.map(({ name, occurredAt }) => [name, (occurredAt.getTime() - start) / hour])).toEqual([
      ['approval.requested', 0],
      ['approval.reminded', 2],
      ['approval.escalated', 3],
      ['approval.reminded', 4],
      ['approval.decided', 6],
    ]);
    expect(told.map(({ data }) => data.users).filter(Boolean)).toEqual([
      ['anna', 'boris'],
      ['anna', 'boris'],
      ['hanna', 'boris'],
    ]);
    expect(told.at(-1)).toMatchObject({ source: 'schedule', data: { outcome: 'timed-out', by: 'system' } });
  });
});

describe('approvers at the same time', () => {
  it('decide once, whoever is first, in whatever batches their answers come', async () => {
    for (let n = 0; n < 6; n++) {
      const approval = await board.asks({ stages: [{ ...one('anna', 'boris', 'hanna'), need: 2 }] });
      const verdicts = ['approved', 'rejected', n % 2 === 0 ? 'approved' : 'rejected'];
      const answers = ['anna', 'boris', 'hanna'].map((user, index) =>
        board.yes(approval, user, { decision: verdicts[index] }),
      );
      const ids = await accept(approval, [...answers, ...answers]);
      await Promise.all([board.drains(), board.drains(), board.drains()]);
      await board.drains();
      const after = await board.approval(approval._id);
      expect(after.status).toBe(n % 2 === 0 ? 'approved' : 'rejected');
      const problems = await Promise.all(ids.map(problemOf));
      expect(problems.filter((code) => code !== null && code !== 'APPROVAL_DECIDED')).toEqual([]);
      const told = await board.toldNames(approval);
      expect(told.filter((name) => name === 'decided')).toHaveLength(1);
      expect(told.filter((name) => name === 'decision').length).toBe(
        after.trail.filter(({ what }) => what === 'decision').length,
      );
    }
    expect(board.bench.errors).toEqual([]);
  });
});
