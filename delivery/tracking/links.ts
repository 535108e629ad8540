import type { Channel } from '../../engine/model/contact.ts';
import { type SurveyKind, surveyKinds } from '../../engine/model/survey.ts';
import type { ApprovalAsk } from '../../store/models/message.ts';
import { sign, verify } from './signing.ts';

export interface UnsubscribeToken {
  contactId: string;
  channel: Channel;
  /** Effect key of the mail that it stands in; left out of SMS, where every character counts. */
  message?: string;
}

export interface SurveyToken {
  kind: SurveyKind;
  contactId: string;
  /** Effect key of the message that asks: one answer each. */
  message: string;
  /** Id of the ticket that it is about. */
  ticket?: string;
}

/** The addresses in messages that lead back here, and what they mean. */
export interface Links {
  open(message: string): string;
  click(message: string, url: string): string;
  unsubscribe(token: UnsubscribeToken): string;
  survey(token: SurveyToken): string;
  /** Whoever has it decides in the approver's name. */
  approval(token: ApprovalAsk): string;
  /** Each reads the id of an address that it made, or answers null. */
  readOpen(id: string): { message: string } | null;
  readClick(id: string): { message: string; url: string } | null;
  readUnsubscribe(id: string): UnsubscribeToken | null;
  readSurvey(id: string): SurveyToken | null;
  readApproval(id: string): ApprovalAsk | null;
}

/**
 * Everything that a link needs is inside its signed id: there is nothing to look up and nothing to guess, and nobody can
 * make it lead elsewhere.
 * @param publicUrl address of this installation, without a slash at its end
 */
export function createLinks(secret: string, publicUrl: string): Links {
  return {
    open: (message) => `${publicUrl}/t/o/${sign(secret, 'open', [message])}`,
    click: (message, url) => `${publicUrl}/t/c/${sign(secret, 'click', [message, url])}`,
    unsubscribe: ({ message, contactId, channel }) =>
      `${publicUrl}/u/${sign(secret, 'unsubscribe', message === undefined ? [contactId, channel] : [contactId, channel, message])}`,
    survey: ({ kind, contactId, message, ticket }) =>
      `${publicUrl}/s/${sign(secret, 'survey', [kind, contactId, message, ...(ticket === undefined ? [] : [ticket])])}`,
    approval: ({ approval, user, round, until, sha256 }) => {
      const payload = [approval, user, String(round), String(until / 1_000), ...(sha256 === undefined ? [] : [sha256])];
      return `${publicUrl}/a/${sign(secret, 'approval', payload)}`;
    },
    readOpen(id) {
      const [message] = verify(secret, 'open', id) ?? [];
      return message === undefined ? null : { message };
    },
    readClick(id) {
      const [message, url] = verify(secret, 'click', id) ?? [];
      return message === undefined || url === undefined ? null : { message, url };
    },
    readUnsubscribe(id) {
      const [contactId, channel, message] = verify(secret, 'unsubscribe', id) ?? [];
      if (contactId === undefined || (channel !== 'email' && channel !== 'sms')) return null;
      return { contactId, channel, ...(message !== undefined && { message }) };
    },
    readSurvey(id) {
      const [named, contactId, message, ticket] = verify(secret, 'survey', id) ?? [];
      const kind = surveyKinds.find((one) => one === named);
      if (kind === undefined || contactId === undefined || message === undefined) return null;
      return { kind, contactId, message, ...(ticket !== undefined && { ticket }) };
    },
    readApproval(id) {
      const [approval, user, round, until, sha256] = verify(secret, 'approval', id) ?? [];
      if (approval === undefined || user === undefined) return null;
      return {
        approval,
        user,
        round: Number(round),
        until: Number(until) * 1_000,
        ...(sha256 !== undefined && { sha256 }),
      };
    },
  };
}
