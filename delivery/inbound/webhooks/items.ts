import { createHash } from 'node:crypto';
import { phoneKey } from '../../../engine/contacts/normalise.ts';
import type { Language } from '../../../engine/model/contact.ts';
import { keepFile } from '../../../store/files.ts';
import { findByAttribute, openTicketOfChat, ticketOfMessages } from '../../../store/inbound.ts';
import type { IntakeItem } from '../../../store/models/intake.ts';
import { intakeItem } from '../../intake/items.ts';
import { ticketIdOf } from '../../intake/tickets/incoming.ts';
import { namesOf } from '../names.ts';
import { type CallTexts, callTexts } from './call-texts.ts';
import type { CallEvent, ChatMessage } from './reading.ts';

/** The items that follow from what a source says. The same event makes the same items. */
export async function webhookItems(
  source: string,
  event: ChatMessage | CallEvent,
  language: Language,
): Promise<IntakeItem[]> {
  return event.kind === 'message'
    ? [await messageItem(source, event)]
    : await callItems(source, event, callTexts[language]);
}

async function messageItem(source: string, { id, chat, text, name = '', phone, email, files = [] }: ChatMessage) {
  const attribute = source.replaceAll('-', '_');
  const key = `${source}:${chat}`;
  // A new chat may be that of a contact whose number in it we were told before.
  const contactId =
    phone === undefined && email === undefined && (await openTicketOfChat(key)) === undefined
      ? await findByAttribute(attribute, chat)
      : undefined;
  const item = itemId(source, id);
  const attachments = await Promise.all(
    files.map(async ({ name, type, content }, index) => {
      const { id: file, size } = await keepFile({ id: hash(`${item}/${index}`), name, type }, content);
      return { file, name, type, size };
    }),
  );
  return intakeItem(
    'ticket',
    item,
    {
      do: 'from-customer',
      channel: 'messenger',
      ...(contactId !== undefined && { contactId }),
      ...(phone !== undefined && { phone }),
      ...(email !== undefined && { email }),
      ...namesOf(name),
      attributes: { [attribute]: chat },
      chat: key,
      subject: '',
      message: { text, attachments, messageId: `${source}:${id}` },
    },
    `webhook:${source}`,
  );
}

/**
 * A call that nobody answered asks to be called back; one that was answered is written down, and is an answer when we
 * know whose. What comes later is a note on it. Withheld numbers cannot be called back: nothing follows from those.
 */
async function callItems(source: string, event: CallEvent, texts: CallTexts): Promise<IntakeItem[]> {
  const { call, state, direction, agent } = event;
  const number = phoneKey(event.customer ?? '');
  const line = number === null ? undefined : `${source}:${number}`;
  const message = { text: texts.told(event, number ?? ''), messageId: messageIdOf(source, call, state) };
  const item = itemId(source, `${call}/${state}`);
  if (state === 'started') return [];
  if (state === 'missed' && direction === 'in') {
    return line === undefined || number === null ? [] : [opening(texts.callBack(number))];
  }
  const known =
    (await ticketOfMessages([messageIdOf(source, call, 'missed'), messageIdOf(source, call, 'answered')])) ??
    (line === undefined ? undefined : await openTicketOfChat(line));
  if (state === 'answered' && direction === 'in' && number !== null) {
    if (known === undefined) {
      const opened = opening(texts.from(number));
      return agent === undefined ? [opened] : [opened, said(`${item}-by`, ticketIdOf(item))];
    }
    return [said(item, known)];
  }
  return known === undefined ? [] : [said(item, known)];

  function opening(subject: string): IntakeItem {
    const who = { channel: 'phone' as const, phone: number ?? '', ...(line !== undefined && { chat: line }) };
    return intakeItem('ticket', item, { do: 'from-customer', ...who, subject, message }, `webhook:${source}`);
  }

  function said(id: string, ticketId: string): IntakeItem {
    const answers = state === 'answered' && agent !== undefined;
    const by = answers ? (`user:${agent}` as const) : ('system' as const);
    const { text, messageId } = message;
    const entry = { text, messageId: id === item ? messageId : `${messageId}:by` };
    return intakeItem(
      'ticket',
      id,
      { do: 'say', ticketId, by, internal: !answers, message: entry },
      `webhook:${source}`,
    );
  }
}

function messageIdOf(source: string, call: string, state: CallEvent['state']): string {
  return `${source}:${call}:${state}`;
}

/** A plain word: the ticket that it opens is called the same. */
function itemId(source: string, event: string): string {
  return `hook-${hash(`${source}/${event}`)}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
