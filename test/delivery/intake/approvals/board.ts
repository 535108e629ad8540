import { tellingOfBytes, tellingOfVoid } from '../../../../delivery/documents/telling.ts';
import { acceptDue } from '../../../../delivery/intake/attention.ts';
import { keepBytes, numberDocuments, voidDocument } from '../../../../store/documents.ts';
import { type ApprovalDoc, Approvals } from '../../../../store/models/approval.ts';
import { type DocumentDoc, Documents } from '../../../../store/models/document.ts';
import { type EventDoc, Events } from '../../../../store/models/event.ts';
import { Messages } from '../../../../store/models/message.ts';
import { Notifications } from '../../../../store/models/record.ts';
import { saveUser } from '../../../../store/users.ts';
import { draft } from '../../../store/fixtures/drafts.ts';
import { intakeBench, start } from '../bench.ts';
import { Sales } from '../deals/sales.ts';

/** What a test has approved, beside what it does with deals: anna and boris sell, hanna is their head, clara has an address. */
export class Board extends Sales {
  static async open(): Promise<Board> {
    return new Board(await intakeBench());
  }

  override async clear(parts: object = {}): Promise<void> {
    const models = [Approvals, Documents, Messages, Notifications];
    for (const model of models) await model.collection.deleteMany({});
    await super.clear(parts);
    const people = { language: 'en' as const, active: true };
    await saveUser({ ...people, _id: 'boris', name: 'Boris', role: 'sales' });
    await saveUser({ ...people, _id: 'clara', name: 'Clara', role: 'finance', email: 'clara@example.com' });
  }

  /** Asks for an approval of something of a new deal. */
  async asks(parts: object = {}, at = start): Promise<ApprovalDoc> {
    const subject = 'subject' in parts ? {} : { subject: await this.aDeal(at) };
    const body = { do: 'request', by: 'instance:i', title: 'A discount', zone: 'UTC', stages: [one('anna')] };
    const receipt = await this.apply([['approval', { ...body, ...subject, ...parts }]], at);
    if (receipt.problems.length > 0) throw new Error(receipt.problems[0]?.code);
    return await this.approval(`${receipt._id}.0`);
  }

  async aDeal(at = start): Promise<{ kind: 'deal'; id: string; contactId: string }> {
    const { _id: id, contactId } = await this.opens({ amount: 5, owner: 'anna' }, {}, at);
    return { kind: 'deal', id, contactId };
  }

  /** Does one thing to an approval. @returns the code of the problem that it met, or null */
  async doesTo({ _id: approvalId }: ApprovalDoc, deed: object, at = start): Promise<string | null> {
    const { problems } = await this.apply([['approval', { approvalId, ...deed }]], at);
    return problems[0]?.code ?? null;
  }

  /** An answer as somebody gives it who looks at the approval as it was. */
  yes({ round, document }: ApprovalDoc, user: string, more: object = {}): object {
    return { do: 'decide', by: `user:${user}`, decision: 'approved', round, sha256: document?.sha256, ...more };
  }

  async approval(id: string): Promise<ApprovalDoc> {
    return await Approvals.findById(id).orFail().lean<ApprovalDoc>();
  }

  /** Events of an approval, in order. */
  async told({ _id }: ApprovalDoc): Promise<EventDoc[]> {
    return await Events.find({ 'data.approval.id': _id }).sort({ seq: 1 }).lean<EventDoc[]>();
  }

  async toldNames(approval: ApprovalDoc): Promise<string[]> {
    return (await this.told(approval)).map(({ name }) => name.slice('approval.'.length));
  }

  /** A document of a deal with its bytes, in place of another one; it is accepted that this is told, not told. */
  async issues(subject: { id: string; contactId: string }, supersedes?: DocumentDoc): Promise<DocumentDoc> {
    const about = { contactId: subject.contactId, dealId: subject.id, createdAt: new Date(start) };
    const replaced = supersedes === undefined ? {} : { supersedes: supersedes._id };
    const [doc] = await numberDocuments([draft('invoice', { ...about, ...replaced })]);
    if (!doc) throw new Error('the document before is not in force');
    const pdf = { file: 'file', size: 1, sha256: `hash of ${doc.number}` };
    await keepBytes(doc._id, 'pdf', pdf, tellingOfBytes(doc));
    return { ...doc, pdf };
  }

  async voids({ _id }: DocumentDoc): Promise<void> {
    await voidDocument(_id, { reason: 'A mistake', by: 'user:hanna', at: new Date(start) }, tellingOfVoid(_id, start));
  }

  /** Applies what is accepted. */
  async drains(): Promise<void> {
    await this.bench.consumer().drain();
  }

  /** Looks what is due at a time, and applies it. */
  async sweeps(at: number): Promise<void> {
    await acceptDue({ clock: { now: () => at } });
    await this.drains();
  }
}

/** A stage of people who must all approve. */
export function one(...users: string[]): object {
  return { id: 'one', approvers: users.map((user) => ({ user })) };
}
