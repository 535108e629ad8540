import type { Logger } from '../../config/log.ts';
import type { LiveLibrary } from '../../delivery/library.ts';
import type { Links } from '../../delivery/tracking/links.ts';
import type { TrackingDeps } from '../../delivery/tracking/record.ts';
import { type Approver, openStage } from '../../engine/approval/state.ts';
import { contactName } from '../../engine/contacts/name.ts';
import { inLanguage } from '../../engine/localized.ts';
import { findApproval } from '../../store/approvals.ts';
import { survivors } from '../../store/contacts.ts';
import { dealsById } from '../../store/deals.ts';
import { findDocument } from '../../store/documents.ts';
import type { ApprovalDoc } from '../../store/models/approval.ts';
import type { DocumentDoc } from '../../store/models/document.ts';
import type { ApprovalAsk } from '../../store/models/message.ts';
import type { UserDoc } from '../../store/models/user.ts';
import { listUsers } from '../../store/users.ts';
import type { ApprovalContent, ReaderOfPage } from './approval-page.ts';
import { type Standing, standingOf } from './approval-standing.ts';

export interface ApprovalPageDeps extends TrackingDeps {
  links: Links;
  library: LiveLibrary;
  log: Logger;
}

/** What is behind an approver's link at this moment. */
export interface Seen {
  ask: ApprovalAsk;
  standing: Standing;
  content: ApprovalContent;
  document?: DocumentDoc;
  /** Path of the page. */
  address: string;
  reader: ReaderOfPage;
  /** Name of who decides now, where it was passed on. */
  heir?: string;
}

/** Null where the approval or its approver is gone. */
export async function see(ask: ApprovalAsk, { clock, library, links }: ApprovalPageDeps): Promise<Seen | null> {
  const approval = await findApproval(ask.approval);
  if (approval === null) return null;
  const [people, document, customers, deals, live] = await Promise.all([
    listUsers(),
    approval.document && findDocument(approval.document.id),
    survivors([approval.contactId]),
    approval.subject.kind === 'deal' ? dealsById([approval.subject.id]) : [],
    library.read(),
  ]);
  const users = new Map(people.map((user) => [user._id, user]));
  const approver = users.get(ask.user);
  if (approver?.active !== true) return null;
  const { language } = approver;
  const found = standingOf(approval, ask, clock.now());
  // What took its place asks anew in a moment.
  const standing: Standing =
    found.is === 'open' && document && document.status !== 'issued' ? { is: 'changed' } : found;
  const heir = standing.is === 'elsewhere' && standing.user !== undefined ? nameOf(standing.user, users) : undefined;
  const [deal] = deals;
  const contact = customers.get(approval.contactId);
  const customer = contact && contactName(contact);
  return {
    ask,
    standing,
    content: {
      ...contentOf(approval, approver, users),
      ...(document?.pdf && {
        document: {
          number: document.number,
          sha256: document.pdf.sha256,
          bytes: document.pdf.size,
          snapshot: document.snapshot,
        },
      }),
      ...(customer !== undefined && { customer }),
      ...(deal && { deal: `${deal.number} · ${deal.title}` }),
    },
    ...(document && { document }),
    address: new URL(links.approval(ask)).pathname,
    reader: { language, zone: live.library.policy.company.timezone },
    ...(heir !== undefined && { heir }),
  };
}

type Users = ReadonlyMap<string, UserDoc>;

function contentOf(approval: ApprovalDoc, { _id, name, language }: UserDoc, users: Users): ApprovalContent {
  const { title, amount, currency = 'RUB', dueAt, round, stages } = approval;
  const own = openStage(approval)?.approvers.find(({ user }) => user === _id);
  const before = own?.through.at(-1);
  return {
    title: inLanguage(title, language),
    approver: name,
    ...(amount !== undefined && { amount: { value: amount, currency } }),
    ...(dueAt !== undefined && { dueAt }),
    ...(before !== undefined && { insteadOf: nameOf(before, users) }),
    round,
    decisions: stages.flatMap(({ approvers }) => approvers.flatMap((place) => decisionOf(place, users))),
  };
}

function decisionOf({ user, decision, at, comment }: Approver, users: Users): ApprovalContent['decisions'] {
  if (decision === undefined || at === undefined) return [];
  return [{ name: nameOf(user, users), decision, at, ...(comment !== undefined && { comment }) }];
}

function nameOf(key: string, users: Users): string {
  return users.get(key)?.name ?? key;
}
