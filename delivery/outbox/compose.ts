import { VoronkaError } from '../../engine/errors/error.ts';
import type { Channel, ContactView } from '../../engine/model/contact.ts';
import { supportAddresses, supportSender } from '../../engine/policy/support.ts';
import { effectiveZone } from '../../engine/policy/zone.ts';
import type { ContactPolicy } from '../../engine/schema/contact-policy.ts';
import type { MessageDoc } from '../../store/models/message.ts';
import type { Mail } from '../channels/email.ts';
import type { ChatReply, Sms } from '../channels/handover.ts';
import { loopHeader } from '../inbound/machine.ts';
import type { TemplateInput } from '../templates/data.ts';
import type { Reader } from '../templates/environment.ts';
import { oneLine } from '../templates/renderer.ts';
import type { Attachment } from './attachment.ts';
import type { OutboxDeps } from './deps.ts';
import { addressOf, messageIdOf, returnPathOf } from './message-id.ts';
import type { Reply } from './reply.ts';

type Composer = Pick<OutboxDeps, 'templates' | 'links' | 'returnPath'>;

/** Everything that a message is made of. */
export interface Draft {
  message: MessageDoc;
  contact: ContactView;
  policy: ContactPolicy;
  /** Of a reply to a ticket. */
  reply?: Reply;
  /** Of a message that carries a document. */
  attachment?: Attachment;
}

/** @throws VoronkaError TEMPLATE_NOT_FOUND, TEMPLATE_INVALID, TEMPLATE_VARIABLE_MISSING; NOT_FOUND for a reply whose words are gone; DOCUMENT_NOT_CURRENT */
export function composeMail(draft: Draft, now: number, deps: Composer): Mail {
  const { message, contact, policy, reply, attachment } = draft;
  if (message.reply !== undefined && reply === undefined) throw replyGone();
  if (attachment && 'refused' in attachment) throw new VoronkaError('DOCUMENT_NOT_CURRENT', attachment.refused);
  const reader = readerOf('email', draft, deps, (url) => deps.links.click(message._id, url));
  const input = inputOf('email', draft, deps);
  const rendered = deps.templates.mail(message.template, input, reader);
  const messageId = message.messageId ?? messageIdOf(message._id, policy.company.from);
  return {
    messageId,
    from: policy.company.from,
    to: { name: isOwnAddress(message) ? nameOf(contact) : '', address: message.to },
    returnPath: deps.returnPath ? returnPathOf(messageId, deps.returnPath) : addressOf(policy.company.from),
    subject: rendered.subject,
    html: isTracked(message) ? withPixel(rendered.html, deps.links.open(message._id)) : rendered.html,
    text: rendered.text,
    date: new Date(now),
    ...(input.unsubscribeUrl !== undefined && { unsubscribeUrl: input.unsubscribeUrl }),
    ...(attachment && { files: [attachment.file] }),
    ...(isTicketMail(message) && ticketFields(messageId, draft, deps)),
  };
}

/** What is written to a customer about a ticket, by a person or by a process. */
function isTicketMail(message: MessageDoc): boolean {
  return message.reply !== undefined || (message.item.data.ticket !== undefined && isOwnAddress(message));
}

/** A mail about a ticket comes from the support address, where what bounces of it and what answers it is read. */
function ticketFields(messageId: string, { policy, reply }: Draft, { returnPath }: Composer) {
  const [support] = supportAddresses(policy.company);
  const { references = [], files } = reply ?? {};
  const inReplyTo = references.at(-1);
  return {
    from: supportSender(policy.company),
    returnPath: returnPathOf(messageId, returnPath ?? support),
    ...(inReplyTo !== undefined && { inReplyTo, references: [...references] }),
    headers: { [loopHeader]: support },
    ...(files && { files }),
  };
}

/** @throws VoronkaError TEMPLATE_NOT_FOUND, TEMPLATE_INVALID, TEMPLATE_VARIABLE_MISSING */
export function composeSms(draft: Draft, deps: Composer): Sms {
  // A signed link would fill two SMS by itself: addresses in SMS stay as they are.
  const reader = readerOf('sms', draft, deps, (url) => url);
  const { message } = draft;
  return {
    key: message._id,
    to: message.to,
    text: deps.templates.sms(message.template, inputOf('sms', draft, deps), reader),
  };
}

/** @throws VoronkaError NOT_FOUND for a reply whose words are gone */
export function composeChat({ message, reply }: Draft): ChatReply {
  if (reply === undefined) throw replyGone();
  return { key: message._id, chat: message.to, text: reply.text, files: reply.files };
}

function replyGone(): VoronkaError {
  return new VoronkaError('NOT_FOUND', 'the entry of the conversation that it carries, or a file of it, is gone');
}

/** Mail to somebody else (the owner, a computed address) says nothing about the contact: it is not tracked. */
export function isOwnAddress(message: Pick<MessageDoc, 'item'>): boolean {
  return message.item.to === undefined;
}

/** What a person writes to a customer is nobody's campaign. */
function isTracked(message: MessageDoc): boolean {
  return isOwnAddress(message) && message.reply === undefined;
}

function readerOf(
  channel: Channel,
  { message, contact, policy }: Draft,
  deps: Composer,
  link: (url: string) => string,
): Reader {
  return {
    language: deps.templates.language(channel, message.template, [message.language, policy.company.language]),
    zone: message.approval ? policy.company.timezone : effectiveZone(contact, message.item.timezone, policy).zone,
    link: isTracked(message) ? link : (url) => url,
  };
}

function inputOf(channel: Channel, { message, contact, policy, reply }: Draft, { links }: Composer): TemplateInput {
  const { name, address, from } = policy.company;
  const token = { contactId: contact.id, channel, ...(channel === 'email' && { message: message._id }) };
  return {
    contact: { ...contact, score: { ...contact.score } },
    trigger: message.item.data.trigger,
    vars: { ...message.item.data.vars, ...reply?.vars },
    company: { name, from, ...(address !== undefined && { address }) },
    ...(message.item.data.ticket && { ticket: message.item.data.ticket }),
    ...(message.item.data.deal && { deal: message.item.data.deal }),
    ...(message.item.survey && {
      surveyUrl: links.survey({ ...message.item.survey, contactId: contact.id, message: message._id }),
    }),
    ...(message.approval && {
      approval: { ...message.approval.says, url: links.approval(message.approval.ask) },
    }),
    ...(message.purpose === 'marketing' && isOwnAddress(message) && { unsubscribeUrl: links.unsubscribe(token) }),
  };
}

function nameOf({ firstName, lastName }: ContactView): string {
  return oneLine([firstName, lastName].filter((part) => part !== undefined).join(' '));
}

function withPixel(html: string, url: string): string {
  const pixel = `<img src="${url}" width="1" height="1" alt="" style="display:none">`;
  const end = html.lastIndexOf('</body>');
  return end === -1 ? html + pixel : html.slice(0, end) + pixel + html.slice(end);
}
