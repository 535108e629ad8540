import type { Ask } from '../../../engine/approval/command.ts';
import { type ApprovalState, openStage } from '../../../engine/approval/state.ts';
import { contactName } from '../../../engine/contacts/name.ts';
import type { JsonObject } from '../../../engine/json.ts';
import { inLanguage } from '../../../engine/localized.ts';
import type { Language } from '../../../engine/model/contact.ts';
import type { ApprovalAsk, MessageDoc } from '../../../store/models/message.ts';
import type { NotificationDoc } from '../../../store/models/record.ts';
import type { UserDoc } from '../../../store/models/user.ts';
import en from '../../../texts/en.approvals.json' with { type: 'json' };
import ru from '../../../texts/ru.approvals.json' with { type: 'json' };
import { messageIdOf } from '../../outbox/message-id.ts';
import type { Desk } from '../kinds.ts';
import type { Person } from '../person.ts';

/** The link in a mail about an approval without a deadline is good for so long. Virtual milliseconds. */
const linkLife = 30 * 86_400_000;

const templates: Record<Ask['why'], string> = {
  asked: 'approval-request',
  delegated: 'approval-request',
  'asked-again': 'approval-changed',
  reminded: 'approval-reminder',
  escalated: 'approval-escalation',
};

/**
 * Tells approvers that they are asked, once each: by mail, with a link that is theirs alone; whoever has no address finds a line in their
 * inbox. Both leave with the batch that made them approvers.
 * @param person whose approval it is
 */
export function tellApprovers(asks: readonly Ask[], state: ApprovalState, person: Person, desk: Desk): void {
  const whys = new Map(asks.map(({ user, why }) => [user, why]));
  for (const [key, why] of whys) {
    const user = desk.staff.byKey(key);
    if (user?.active !== true) continue;
    const scene = { state, person, user, why };
    if (user.email === undefined) desk.ledger.notifications.push(noticeOf(scene, desk));
    else desk.ledger.messages.push(mailOf({ ...scene, to: user.email }, desk));
  }
}

interface Scene {
  state: ApprovalState;
  person: Person;
  user: UserDoc;
  why: Ask['why'];
}

function noticeOf({ state, person, user, why }: Scene, { id, occurredAt }: Desk): NotificationDoc {
  const line = (language: Language) => `${notice(language, why)}: ${inLanguage(state.title, language)}`;
  return {
    _id: `${id}/${state.id}/${user._id}`,
    user: user._id,
    contactId: person.doc._id,
    text: { en: line('en'), ru: line('ru') },
    approval: state.id,
    at: new Date(occurredAt),
  };
}

function notice(language: Language, why: Ask['why']): string {
  return { en, ru }[language].notice[why];
}

function mailOf({ state, person, user, why, to }: Scene & { to: string }, desk: Desk): MessageDoc {
  const { id, at, library } = desk;
  // Messages are read by keys of three parts.
  const key = `approval/${state.id}/${id.replaceAll('/', '.')}.${user._id}`;
  const from = { instance: `approval/${state.id}`, process: 'approval', step: why };
  const what = { purpose: 'transactional', template: templates[why] } as const;
  return {
    _id: key,
    ...from,
    ...what,
    contactId: person.doc._id,
    channel: 'email',
    to,
    language: user.language,
    item: {
      ...what,
      process: from.process,
      step: from.step,
      contactId: person.doc._id,
      to: { address: to },
      priority: 100,
      onCap: 'defer',
      deferUntil: at,
      timezone: 'contact',
      data: { trigger: {}, vars: {} },
    },
    approval: { ask: askOf(state, user, at), says: saysOf({ state, person, user, why }, desk) },
    notBefore: new Date(at),
    attempts: 0,
    messageId: messageIdOf(key, library.policy.company.from),
    queuedAt: new Date(at),
  };
}

function askOf({ id, round, dueAt, document }: ApprovalState, user: UserDoc, at: number): ApprovalAsk {
  const until = Math.ceil((dueAt ?? at + linkLife) / 1_000) * 1_000;
  return { approval: id, user: user._id, round, until, ...(document && { sha256: document.sha256 }) };
}

/** What the mail says, in the language of who gets it. */
function saysOf({ state, person, user }: Scene, desk: Desk): JsonObject {
  const { title, amount, currency, document, dueAt, requestedAt, subject } = state;
  const deal = subject.kind === 'deal' ? desk.deals.byId(subject.id)?.doc : undefined;
  const before = openStage(state)?.approvers.flatMap(({ user: key, decision, through }) =>
    key === user._id && decision === undefined ? (through.at(-1) ?? []) : [],
  );
  const insteadOf = [...new Set(before)].map((key) => desk.staff.byKey(key)?.name ?? key).join(', ');
  const says = {
    title: inLanguage(title, user.language),
    ...(amount !== undefined && { amount, currency: currency ?? 'RUB' }),
    document: document?.number,
    customer: contactName(person.doc),
    deal: deal && `${deal.number} · ${deal.title}`,
    due: dueAt,
    askedAt: requestedAt,
    insteadOf: insteadOf || undefined,
  };
  return JSON.parse(JSON.stringify(says));
}
