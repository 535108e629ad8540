import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellingOfBytes } from '../../delivery/documents/telling.ts';
import { keepBytes, numberDocuments } from '../../store/documents.ts';
import { newId } from '../../store/id.ts';
import { type ApprovalDoc, Approvals } from '../../store/models/approval.ts';
import { type InstanceDoc, Instances } from '../../store/models/instance.ts';
import { saveUser } from '../../store/users.ts';
import { draft } from '../store/fixtures/drafts.ts';
import { insertContact, publish } from '../support/records.ts';
import { Stage } from './stage.ts';

/** Monday 2026-03-02, 12:00 UTC. */
const noon = Date.parse('2026-03-02T12:00:00Z');
const hour = 3_600_000;

const process = {
  kind: 'process',
  key: 'invoicing',
  name: 'Invoicing',
  triggers: [{ on: 'event', event: 'order.placed' }],
  entry: { reentry: 'always' },
  goals: [{ event: 'order.cancelled', outcome: 'cancelled' }],
  steps: [
    {
      id: 'invoice',
      type: 'generate-document',
      template: 'invoice',
      items: { cel: "[{'name': 'Mill', 'quantity': 1, 'price': trigger.total}]" },
      into: 'invoice',
    },
    {
      id: 'ask',
      type: 'request-approval',
      title: 'Invoice of {{trigger.total}}',
      document: 'invoice',
      stages: [
        { id: 'lead', when: 'vars.invoice.gross > 100.0', approvers: [{ user: 'anna' }, { user: 'boris' }] },
        { id: 'board', when: 'vars.invoice.gross > 1000.0', approvers: [{ role: 'head' }] },
      ],
      remind: 'PT2H',
      within: 'PT5H',
      into: 'approval',
      next: { approved: 'approved', rejected: 'rejected', timeout: 'late' },
    },
    ...['approved', 'rejected', 'late'].map((id) => ({ id, type: 'end', outcome: id })),
  ],
};

describe('request-approval on Temporal', () => {
  let stage: Stage;
  let at = noon;

  beforeAll(async () => {
    stage = await Stage.open();
    for (const [_id, role] of [
      ['anna', 'sales'],
      ['boris', 'sales'],
      ['hanna', 'head'],
    ] as const) {
      await saveUser({ _id, name: _id, role, language: 'en', active: true });
    }
    await publish(process);
    await stage.beginAt(noon);
  });
  afterAll(() => stage.close());

  /** Somebody new places an order. */
  async function order(total: number) {
    const contactId = await insertContact(newId(), { company: 'Mill Ltd' });
    await stage.sleepUntil(at);
    await stage.submit('event', { contactId, event: 'order.placed', data: { total } }, at);
    const approval = async () => await Approvals.findOne({ contactId }).orFail().lean<ApprovalDoc>();
    return {
      contactId,
      approval,
      instance: async () => await Instances.findOne({ contactId }).orFail().lean<InstanceDoc>(),
      /** Somebody answers who sees the approval as it is now. */
      async answers(user: string, decision: string, more: object = {}) {
        const { _id: approvalId, round, document } = await approval();
        const body = {
          do: 'decide',
          by: `user:${user}`,
          approvalId,
          decision,
          round,
          sha256: document?.sha256,
          ...more,
        };
        await stage.submit('approval', body, at);
      },
    };
  }

  it('goes on when the last of its people has approved', async () => {
    const { answers, approval, instance } = await order(900);
    expect(await approval()).toMatchObject({
      title: 'Invoice of 900',
      amount: 900,
      currency: 'RUB',
      document: { number: expect.stringContaining('INV-') },
      awaited: ['anna', 'boris'],
      stages: [{ status: 'open' }, { status: 'skipped' }],
    });
    await answers('anna', 'approved');
    expect(await instance()).toMatchObject({ status: 'running' });
    await answers('boris', 'approved', { comment: 'Fine.' });
    const { _id: id } = await approval();
    expect(await instance()).toMatchObject({
      outcome: 'approved',
      vars: { approval: { id, outcome: 'approved', by: 'user:boris', comment: 'Fine.' } },
    });
  });

  it('goes on at once below every threshold, and by a rejection', async () => {
    const small = await order(50);
    expect(await small.instance()).toMatchObject({
      outcome: 'approved',
      vars: { approval: { by: expect.any(String) } },
    });
    const { answers, instance } = await order(900);
    await answers('boris', 'rejected');
    expect(await instance()).toMatchObject({ outcome: 'rejected', vars: { approval: { outcome: 'rejected' } } });
  });

  it('is late when the time is over, having reminded on the way', async () => {
    const { approval, answers, instance } = await order(900);
    const { requestedAt: begun, dueAt } = await approval();
    expect(dueAt).toBe(Math.ceil(begun / 1000) * 1000 + 5 * hour);
    await stage.sleepUntil(begun + 4 * hour + 60_000);
    await stage.settle();
    const reminded = (await approval()).trail.filter(({ what }) => what === 'reminded');
    expect(reminded.map((line) => Math.floor((line.at - begun) / hour))).toEqual([2, 2, 4, 4]);
    await stage.sleepUntil(begun + 5 * hour + 60_000);
    await stage.settle();
    expect(await instance()).toMatchObject({ outcome: 'late', endedAt: new Date(dueAt ?? 0) });
    at = begun + 6 * hour;
    await stage.sleepUntil(at);
    await answers('anna', 'approved');
    expect(await approval()).toMatchObject({ status: 'timed-out' });
  });

  it('waits on for the answers of all when its document is superseded between two of them', async () => {
    const { contactId, answers, approval, instance } = await order(5_000);
    await answers('anna', 'approved');
    const { document: first } = await approval();
    const [next] = await numberDocuments([
      draft('invoice', { contactId, supersedes: first?.id ?? '', createdAt: new Date(at) }),
    ]);
    if (!next) throw new Error('the document before is not in force');
    await keepBytes(next._id, 'pdf', { file: 'file', size: 1, sha256: 'other bytes' }, tellingOfBytes(next));
    await answers('boris', 'approved', { sha256: first?.sha256 });
    expect(await approval()).toMatchObject({ round: 2, awaited: ['anna', 'boris'], document: { id: next._id } });
    for (const user of ['anna', 'boris', 'hanna']) await answers(user, 'approved');
    expect(await approval()).toMatchObject({ status: 'approved' });
    expect(await instance()).toMatchObject({ outcome: 'approved' });
  });

  it('is withdrawn at once when its process ends otherwise, and what was decided stays', async () => {
    const { contactId, approval, instance } = await order(900);
    await stage.submit('event', { contactId, event: 'order.cancelled', data: {} }, at);
    expect(await instance()).toMatchObject({ outcome: 'cancelled' });
    await stage.settle();
    const { _id: instanceId } = await instance();
    const withdrawn = await approval();
    expect(withdrawn).toMatchObject({ status: 'withdrawn', awaited: [] });
    expect(withdrawn.trail.at(-1)).toMatchObject({ what: 'decided', by: `instance:${instanceId}` });
    const late = { do: 'abandon', approvalId: withdrawn._id, by: 'system' };
    await stage.submit('approval', late, at);
    expect(await approval()).toEqual(withdrawn);
  });

  it('goes by rejected, and says why, when it is withdrawn', async () => {
    const { approval, instance } = await order(900);
    const { _id: approvalId } = await approval();
    await stage.submit('approval', { do: 'withdraw', approvalId, by: 'user:anna', comment: 'Not needed.' }, at);
    const told = { outcome: 'withdrawn', by: 'user:anna', comment: 'Not needed.' };
    expect(await instance()).toMatchObject({ outcome: 'rejected', vars: { approval: told } });
  });
});
