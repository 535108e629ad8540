import { keepFile } from '../../store/files.ts';
import { ticketOfOwnMails } from '../../store/inbound.ts';
import type { InboundMailDoc } from '../../store/models/inbound-mail.ts';
import type { IntakeItem } from '../../store/models/intake.ts';
import type { Attachment } from '../../store/models/ticket-message.ts';
import { intakeItem } from '../intake/items.ts';
import { mailFileId } from './identity.ts';
import { namesOf } from './names.ts';
import type { ReadMail } from './parse.ts';
import { foldQuotes } from './quotes.ts';

/** Limits of a message of a ticket. */
const longest = { text: 200_000, quoted: 500_000, subject: 500, files: 50 };

interface Carried {
  /** The mail as it is kept: it is attached when the message cannot hold all of it. */
  mail: InboundMailDoc;
  /** Written by a machine: it opens nothing and reopens nothing. */
  auto: boolean;
}

/** Number in a subject such as `Re: Delivery [#12]`. */
export function ticketNumber(subject: string): number | undefined {
  const digits = /\[#(\d{1,9})\]/.exec(subject)?.[1];
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits);
}

/**
 * The item by which a mail becomes part of a ticket. Its files are kept before, under ids of their own, so that the same
 * mail keeps them once.
 * @param item its id
 */
export async function mailItem(item: string, read: ReadMail, { mail, auto }: Carried): Promise<IntakeItem> {
  const { text, quoted = '' } = foldQuotes(read.text);
  const attachments = await keepFiles(mail._id, read.files.slice(0, longest.files - 1));
  const whole =
    !read.incomplete &&
    text.length <= longest.text &&
    quoted.length <= longest.quoted &&
    attachments.length === read.files.length;
  if (!whole) attachments.push({ file: mail.raw, name: 'mail.eml', type: 'message/rfc822', size: mail.size });
  const number = ticketNumber(read.subject);
  const ticketId = await ticketOfOwnMails(read.references);
  const { address, name } = read.writer ?? { address: mail.from, name: '' };
  return intakeItem(
    'ticket',
    item,
    {
      do: 'from-customer',
      channel: 'email',
      email: address,
      ...namesOf(name),
      subject: subjectOf(read, text),
      message: {
        text: text.slice(0, longest.text),
        ...(quoted !== '' && { quoted: quoted.slice(0, longest.quoted) }),
        attachments,
        // Another mail may have the same Message-ID: then this one is known by its own id.
        messageId: mail.verdict === 'duplicate' ? `mail:${mail._id}` : (read.messageId ?? `mail:${mail._id}`),
        auto,
      },
      ...(ticketId !== undefined && { ticketId }),
      ...(number !== undefined && { number }),
      references: read.references,
    },
    'email',
  );
}

async function keepFiles(mail: string, files: ReadMail['files']): Promise<Attachment[]> {
  const kept: Attachment[] = [];
  for (const [index, { name, type, content }] of files.entries()) {
    const { id: file, size } = await keepFile({ id: mailFileId(mail, `${index}`), name, type }, content);
    kept.push({ file, name, type, size });
  }
  return kept;
}

/** A ticket has a subject in any case: without one, the first words. */
function subjectOf({ subject }: ReadMail, text: string): string {
  const [line = ''] = text.split('\n', 1);
  return (subject || line.trim() || '…').slice(0, longest.subject);
}
