import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DocumentMaker } from '../../delivery/documents/maker.ts';
import { intakeDoc, intakeItem } from '../../delivery/intake/items.ts';
import { intakeApplied, submitIntake } from '../../delivery/intake/submit.ts';
import { newId } from '../../store/id.ts';
import { Approvals } from '../../store/models/approval.ts';
import { Events } from '../../store/models/event.ts';
import { saveUser } from '../../store/users.ts';
import { shippedDocuments } from '../support/documents.ts';
import { insertContact } from '../support/records.ts';
import { type ApiBench, acting, apiBench } from './bench.ts';

let api: ApiBench;
let documents: DocumentMaker;
const act = acting(() => api, '/api/approvals');
const as = (user: string) => ({ 'X-Voronka-User': user });

beforeAll(async () => {
  documents = await shippedDocuments();
  api = await apiBench({ documents });
  await insertContact('mill', { company: 'Mill Ltd', email: 'mill@example.com' });
  for (const _id of ['anna', 'boris', 'clara']) {
    await saveUser({ _id, name: _id.toUpperCase(), role: 'sales', language: 'en', active: true });
  }
  await api.work();
});
afterAll(async () => {
  await api.close();
  await documents.close();
});
beforeEach(async () => {
  for (const model of [Approvals, Events]) await model.collection.deleteMany({});
});

const stage = (users: string[], more: object = {}) => ({
  id: 'one',
  approvers: users.map((user) => ({ user })),
  ...more,
});

/** Has people asked, as a step does. @returns the approval as the API shows it */
async function ask(users: string[], parts: object = {}) {
  const id = newId();
  const body = {
    do: 'request' as const,
    by: 'instance:i' as const,
    subject: { kind: 'contact' as const, id: 'mill', contactId: 'mill' },
    title: 'A discount',
    stages: [stage(users)],
    zone: 'UTC',
    ...parts,
  };
  await submitIntake(api.queues.intake, [intakeDoc(id, [intakeItem('approval', id, body, 'engine')], Date.now())]);
  expect(await intakeApplied([id], 30_000)).toBe(true);
  return (await api.call('GET', `/api/approvals/${id}`)).body;
}

async function invoice() {
  const items = [{ name: 'Mill', quantity: 1, price: 900 }];
  return (await api.call('POST', '/api/documents', { contactId: 'mill', template: 'invoice', items })).body;
}

/** What somebody sends who was shown an approval. */
function said({ round, document }: Awaited<ReturnType<typeof ask>>, decision: 'approve' | 'reject' = 'approve') {
  return { decision, round, sha256: document?.sha256 };
}

describe('an approval', () => {
  it('is shown with its document, its people by name and its trail, and decided by a person', async () => {
    const made = await invoice();
    const asked = await ask(['anna', 'boris'], { documentId: made.id, amount: 900, currency: 'RUB', within: 'P1D' });
    expect(asked).toMatchObject({
      status: 'pending',
      round: 1,
      amount: 900,
      contact: { id: 'mill', name: 'Mill Ltd' },
      document: {
        id: made.id,
        number: made.number,
        sha256: made.pdf.sha256,
        template: 'invoice',
        status: 'issued',
        gross: 900,
      },
      awaited: ['anna', 'boris'],
      stages: [
        { id: 'one', need: 'all', status: 'open', approvers: [{ user: 'anna', name: 'ANNA' }, { user: 'boris' }] },
      ],
      requestedBy: 'instance:i',
      dueAt: new Date(Math.ceil(Date.parse(asked.requestedAt) / 1000) * 1000 + 86_400_000).toISOString(),
    });
    const path = `${asked.id}/decide`;
    expect((await act('POST', path, said(asked), {})).body).toMatchObject({ code: 'USER_NOT_FOUND' });
    expect((await act('POST', path, { ...said(asked), sha256: 'x' }, as('anna'))).status).toBe(409);
    const first = await act('POST', path, { ...said(asked), comment: ' Fine. ' }, as('anna'));
    expect(first.body).toMatchObject({ status: 'pending', awaited: ['boris'] });
    expect((await act('POST', `${asked.id}/delegate`, { to: 'clara' }, as('boris'))).status).toBe(200);
    const last = await act('POST', path, said(asked), as('clara'));
    expect(last.body).toMatchObject({
      status: 'approved',
      decidedAt: expect.any(String),
      stages: [
        {
          status: 'passed',
          approvers: [
            { user: 'anna', decision: 'approved', comment: 'Fine.', at: expect.any(String) },
            { user: 'clara', name: 'CLARA', onBehalfOf: 'boris', decision: 'approved' },
          ],
        },
      ],
    });
    expect(last.body.trail.map(({ what, by }: { what: string; by: string }) => `${by} ${what}`)).toEqual([
      'instance:i requested',
      'instance:i stage-opened',
      'user:anna decision',
      'user:boris delegated',
      'user:clara decision',
      'user:clara decided',
    ]);
    expect((await act('POST', path, said(asked), as('clara'))).body).toMatchObject({ status: 'approved' });
  });

  it('is listed for whose answer it waits, for who was asked, by status and by contact', async () => {
    const [first, second] = [await ask(['anna', 'boris']), await ask(['anna'])];
    await act('POST', `${first.id}/decide`, said(first), as('anna'));
    await act('POST', `${second.id}/withdraw`, { comment: 'No need.' }, as('clara'));
    const list = async (query: string) => {
      const { items } = (await api.call('GET', `/api/approvals?${query}`)).body;
      return items.map(({ id }: { id: string }) => id);
    };
    expect(await list('approver=boris&status=pending')).toEqual([first.id]);
    expect(await list('approver=anna&status=pending')).toEqual([]);
    expect(await list('approver=anna')).toEqual([second.id, first.id]);
    expect(await list('status=withdrawn&contact=mill')).toEqual([second.id]);
    const page = (await api.call('GET', '/api/approvals?limit=1')).body;
    expect(page.items).toHaveLength(1);
    expect(await list(`limit=1&cursor=${encodeURIComponent(page.next)}`)).toEqual([first.id]);
    expect((await api.call('GET', '/api/approvals/ghost')).status).toBe(404);
    expect((await act('POST', `${first.id}/decide`, { decision: 'maybe', round: 1 }, as('boris'))).status).toBe(422);
  });
});

describe('answers at the same time', () => {
  it('come to one outcome, and each is told what became of it', async () => {
    for (let n = 0; n < 5; n++) {
      const asked = await ask(['anna', 'boris', 'clara'], { stages: [stage(['anna', 'boris', 'clara'], { need: 1 })] });
      const answers = ['anna', 'boris', 'clara', 'anna'].map((user) =>
        act('POST', `${asked.id}/decide`, said(asked), as(user)),
      );
      const statuses = (await Promise.all(answers)).map(({ status, body }) => [status, body.code]);
      const taken = statuses.filter(([status]) => status === 200);
      expect(statuses.filter(([status, code]) => status !== 200 && code !== 'APPROVAL_DECIDED')).toEqual([]);
      expect(taken.length).toBeGreaterThan(0);
      const decided = await Events.find({ name: 'approval.decided', 'data.approval.id': asked.id }).lean();
      expect(decided.map(({ data }) => data.outcome)).toEqual(['approved']);
      const decisions = await Events.countDocuments({ name: 'approval.decision', 'data.approval.id': asked.id });
      expect(decisions).toBe(1);
    }
  });

  it('beside a superseding count for the bytes that were shown, or not at all', async () => {
    for (let n = 0; n < 5; n++) {
      const made = await invoice();
      const asked = await ask(['anna', 'boris'], { documentId: made.id });
      const items = [{ name: 'Mill', quantity: 2, price: 900 }];
      const supersede = () => api.call('POST', `/api/documents/${made.id}/supersede`, { template: 'invoice', items });
      const [one, other, next] = await Promise.all([
        act('POST', `${asked.id}/decide`, said(asked), as('anna')),
        act('POST', `${asked.id}/decide`, said(asked), as('boris')),
        supersede(),
      ]);
      expect(next.status).toBe(201);
      const codes = [one, other].flatMap(({ status, body }) => (status === 200 ? [] : body.code));
      expect(codes.filter((code) => code !== 'APPROVAL_DOCUMENT_CHANGED')).toEqual([]);
      await expect
        .poll(async () => (await api.call('GET', `/api/approvals/${asked.id}`)).body, { timeout: 30_000 })
        .toMatchObject(codes.length === 0 ? { status: 'approved', round: 1 } : { status: 'pending', round: 2 });
      const after = (await api.call('GET', `/api/approvals/${asked.id}`)).body;
      const shown = codes.length === 0 ? made.pdf.sha256 : next.body.pdf.sha256;
      expect(after.document.sha256).toBe(shown);
      if (codes.length === 0) continue;
      for (const user of ['anna', 'boris']) await act('POST', `${asked.id}/decide`, said(after), as(user));
      expect((await api.call('GET', `/api/approvals/${asked.id}`)).body).toMatchObject({ status: 'approved' });
    }
    expect(api.errors).toEqual([]);
  });
});
