import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageViews } from '../../../../store/messages.ts';
import { Approvals } from '../../../../store/models/approval.ts';
import { Events } from '../../../../store/models/event.ts';
import { Messages } from '../../../../store/models/message.ts';
import { Notifications } from '../../../../store/models/record.ts';
import { saveUser } from '../../../../store/users.ts';
import { start } from '../bench.ts';
import { pipeline } from '../deals/sales.ts';
import { Board, one } from './board.ts';

const day = 86_400_000;
let board: Board;

beforeAll(async () => {
  board = await Board.open();
});
afterAll(async () => await board.bench.close());
beforeEach(async () => await board.clear());

describe('an approval', () => {
  it('asks the owner, a role and named people stage by stage, and tells the deal with it', async () => {
    const stages = [
      { id: 'owner', approvers: [{ owner: true }] },
      { id: 'team', approvers: [{ role: 'sales' }, { role: 'head' }], need: 2 },
      { id: 'skipped', approvers: [{ role: 'nobody' }], skipped: true },
    ];
    const approval = await board.asks({ stages, amount: 900, currency: 'EUR' });
    expect(approval).toMatchObject({ awaited: ['anna'], involved: ['anna', 'boris', 'hanna'], status: 'pending' });
    expect(await board.doesTo(approval, board.yes(approval, 'anna', { comment: 'Fine.' }), start + 1000)).toBeNull();
    expect(await board.approval(approval._id)).toMatchObject({ awaited: ['boris', 'hanna'] });
    expect(await board.doesTo(approval, board.yes(approval, 'hanna'), start + 2000)).toBeNull();
    const after = await board.approval(approval._id);
    expect(after).toMatchObject({ status: 'approved', decidedAt: start + 2000, awaited: [] });
    const events = await board.told(approval);
    expect(events).toMatchObject([
      { _id: approval._id, name: 'approval.requested', data: { by: 'instance:i', deal: { id: after.subject.id } } },
      { name: 'approval.decision', data: { by: 'user:anna', user: 'anna', decision: 'approved', comment: 'Fine.' } },
      { name: 'approval.decision', data: { by: 'user:hanna', approval: { round: 1 } } },
      {
        name: 'approval.decided',
        data: {
          outcome: 'approved',
          by: 'user:hanna',
          approval: { outcome: 'approved', amount: 900, currency: 'EUR' },
        },
      },
    ]);
  });

  it('moves the deal by a move of its pipeline', async () => {
    const when = "event.approval.outcome == 'approved'";
    await board.clear({
      moves: [...pipeline.moves, { id: 'approved', to: 'won', on: 'approval.decided', when, from: ['new'] }],
      stages: pipeline.stages.map(({ key, name }) => ({ key, name })),
    });
    const [no, yes] = [await board.asks(), await board.asks()];
    await board.doesTo(no, board.yes(no, 'anna', { decision: 'rejected' }));
    await board.doesTo(yes, board.yes(yes, 'anna'));
    expect(await board.deal(no.subject.id)).toMatchObject({ stage: 'new' });
    expect(await board.deal(yes.subject.id)).toMatchObject({ stage: 'won' });
  });

  it('leaves with its mails and lines in the inboxes, each once', async () => {
    const approval = await board.asks({ stages: [one('anna', 'clara')] });
    expect(await Notifications.find().lean()).toMatchObject([{ user: 'anna', approval: approval._id }]);
    expect(await messageViews(await Messages.find().lean())).toMatchObject([
      {
        to: 'clara@example.com',
        status: 'queued',
        approval: { ask: { approval: approval._id, user: 'clara', round: 1 } },
      },
    ]);
  });

  it('is not begun where it could never be given, and refuses what cannot be done to it', async () => {
    const codes = async (parts: object) => {
      const body = { do: 'request', by: 'api', title: 'X', zone: 'UTC', stages: [one('anna')], subject, ...parts };
      return (await board.apply([['approval', body]])).problems[0]?.code;
    };
    const subject = await board.aDeal();
    expect(await codes({ stages: [{ id: 'x', approvers: [{ role: 'nobody' }] }] })).toBe('APPROVAL_NOBODY');
    expect(await codes({ stages: [{ id: 'x', approvers: [{ role: 'sales' }], need: 3 }] })).toBe('APPROVAL_NOBODY');
    expect(await codes({ stages: [one('ghost')] })).toBe('USER_NOT_FOUND');
    expect(await codes({ within: 'P1D', calendar: 'none' })).toBe('CALENDAR_NOT_FOUND');
    expect(await codes({ documentId: 'ghost' })).toBe('NOT_FOUND');
    expect(await codes({ stages: [] })).toBe('VALIDATION_FAILED');
    expect(await Approvals.countDocuments()).toBe(0);
    const approval = await board.asks({ subject, stages: [one('anna', 'boris')] });
    const cases: [object, string | null][] = [
      [board.yes(approval, 'clara'), 'APPROVAL_NOT_ASKED'],
      [board.yes(approval, 'anna', { round: 2 }), 'APPROVAL_DOCUMENT_CHANGED'],
      [{ do: 'delegate', by: 'user:anna', to: 'boris' }, 'APPROVAL_DELEGATION_REFUSED'],
      [{ do: 'delegate', by: 'user:anna', to: 'clara' }, null],
      [board.yes(approval, 'anna'), 'APPROVAL_NOT_ASKED'],
      [board.yes(approval, 'clara'), null],
      [board.yes(approval, 'clara'), null],
      [board.yes(approval, 'clara', { decision: 'rejected' }), 'APPROVAL_DECIDED'],
      [{ do: 'withdraw', by: 'api', comment: 'No need.' }, null],
      [board.yes(approval, 'boris'), 'APPROVAL_DECIDED'],
    ];
    for (const [deed, code] of cases) expect([deed, await board.doesTo(approval, deed)]).toEqual([deed, code]);
    expect(await board.toldNames(approval)).toEqual(['requested', 'delegated', 'decision', 'decided']);
    expect(await board.doesTo({ ...approval, _id: 'ghost' }, { do: 'withdraw', by: 'api' })).toBe('NOT_FOUND');
  });

  it('passes over who is away for their deputy', async () => {
    const absences = [{ from: new Date(start - day), until: new Date(start + day), deputy: 'clara' }];
    await saveUser({ _id: 'boris', name: 'Boris', role: 'sales', language: 'en', active: true, absences });
    const approval = await board.asks({ stages: [{ id: 'team', approvers: [{ role: 'sales' }] }] });
    expect(approval).toMatchObject({ awaited: ['anna', 'clara'], involved: ['anna', 'clara', 'boris'] });
  });
});

describe('what happens to a document', () => {
  it('is told as an event of its contact, with the deal', async () => {
    const subject = await board.aDeal();
    const first = await board.issues(subject);
    const second = await board.issues(subject, first);
    await board.voids(second);
    await board.drains();
    const events = await Events.find({ name: /^document\./ })
      .sort({ seq: 1 })
      .lean();
    const deal = { id: subject.id, stage: 'new' };
    expect(events).toMatchObject([
      { name: 'document.issued', data: { document: { number: 'invoice-1' }, by: 'api', deal } },
      {
        name: 'document.superseded',
        data: { document: { number: 'invoice-1' }, successor: { number: 'invoice-2' }, deal },
      },
      { name: 'document.issued', data: { document: { number: 'invoice-2', supersedes: first._id }, deal } },
      {
        name: 'document.voided',
        data: { document: { number: 'invoice-2', status: 'void' }, reason: 'A mistake', by: 'user:hanna' },
      },
    ]);
  });

  it('asks everybody again between two signatures, and takes none for other bytes', async () => {
    const subject = await board.aDeal();
    const first = await board.issues(subject);
    const asked = { subject, documentId: first._id, stages: [one('anna', 'boris')] };
    const [approval, other] = [await board.asks(asked), await board.asks(asked)];
    expect(await board.doesTo(approval, board.yes(approval, 'anna', { sha256: 'other' }))).toBe(
      'APPROVAL_DOCUMENT_CHANGED',
    );
    expect(await board.doesTo(approval, board.yes(approval, 'anna'))).toBeNull();
    const second = await board.issues(subject, first);
    expect(await board.doesTo(approval, board.yes(approval, 'boris'))).toBe('APPROVAL_DOCUMENT_CHANGED');
    const again = await board.approval(approval._id);
    expect(again).toMatchObject({
      round: 2,
      status: 'pending',
      awaited: ['anna', 'boris'],
      document: { id: second._id, number: 'invoice-2', sha256: second.pdf?.sha256 },
    });
    expect(await board.approval(other._id)).toMatchObject({ round: 2 });
    for (const user of ['anna', 'boris']) expect(await board.doesTo(again, board.yes(again, user))).toBeNull();
    expect(await board.approval(approval._id)).toMatchObject({ status: 'approved' });
    expect(await board.toldNames(approval)).toEqual([
      'requested',
      'decision',
      'asked-again',
      'decision',
      'decision',
      'decided',
    ]);
  });

  it('withdraws what was to be decided when it is voided, and nothing is asked of what is void', async () => {
    const subject = await board.aDeal();
    const document = await board.issues(subject);
    const approval = await board.asks({ subject, documentId: document._id });
    await board.voids(document);
    expect(await board.doesTo(approval, board.yes(approval, 'anna'))).toBe('APPROVAL_DOCUMENT_CHANGED');
    expect(await board.approval(approval._id)).toMatchObject({ status: 'withdrawn', awaited: [] });
    expect(await board.doesTo(approval, board.yes(approval, 'anna'))).toBe('APPROVAL_DECIDED');
    await expect(board.asks({ subject, documentId: document._id })).rejects.toThrow('DOCUMENT_NOT_CURRENT');
  });
});
