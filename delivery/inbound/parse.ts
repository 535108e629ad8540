import { type AddressObject, type EmailAddress, type ParsedMail, simpleParser } from 'mailparser';
import { emailKey } from '../../engine/contacts/normalise.ts';

export interface Writer {
  address: string;
  name: string;
}

/** A file as it came with a mail. */
interface MailFile {
  name: string;
  type: string;
  content: Buffer;
}

/** What a mail says, as far as tickets are concerned. */
export interface ReadMail {
  /** Of `From`. */
  from?: Writer;
  /** Whom answers go to: of `Reply-To`, else of `From`. */
  writer?: Writer;
  subject: string;
  /** The mail's own words, HTML made into text; what it quotes is still in it. */
  text: string;
  messageId?: string;
  /** Message ids that it refers to, the nearest last. */
  references: string[];
  files: MailFile[];
  /** Single values of header fields, by name in lower case. */
  header(name: string): string | undefined;
  /** Whether some of it could not be made into text. */
  incomplete: boolean;
}

/** Longer HTML is not made into text: the mail itself can be read instead. Characters. */
const longestHtml = 2_000_000;

/**
 * Reads a mail: any character set, any nesting up to the limits of the parser (1 MB of header in a part, 1,000 parts, HTML 1,000
 * elements deep).
 * @throws Error saying what is beyond them
 */
export async function readMail(raw: Buffer): Promise<ReadMail> {
  const mail = await simpleParser(raw, {
    keepCidLinks: true,
    skipTextToHtml: true,
    keepDeliveryStatus: true,
    checksumAlgo: false,
    maxHtmlLengthToParse: longestHtml,
  });
  const from = firstOf(mail.from);
  const writer = firstOf(mail.replyTo) ?? from;
  return {
    ...(from !== undefined && { from }),
    ...(writer !== undefined && { writer }),
    subject: oneLine(mail.subject ?? ''),
    text: (mail.text ?? '').replaceAll('\0', ''),
    ...(mail.messageId !== undefined && mail.messageId.length <= 998 && { messageId: mail.messageId }),
    references: referencesOf(mail),
    files: mail.attachments.map((file, index) => ({
      name: oneLine(file.filename ?? `file-${index + 1}`).slice(0, 200),
      type: file.contentType,
      content: file.content,
    })),
    header: (name) => headerOf(mail, name),
    incomplete: mail.textConversionError !== undefined,
  };
}

function firstOf(header: AddressObject | undefined): Writer | undefined {
  for (const { address, name } of (header?.value ?? []).flatMap((one): EmailAddress[] => one.group ?? [one])) {
    if (address !== undefined && emailKey(address) !== null) return { address, name: oneLine(name) };
  }
  return undefined;
}

function referencesOf({ references, inReplyTo }: ParsedMail): string[] {
  const ids =
    [references ?? [], inReplyTo ?? []]
      .flat()
      .join(' ')
      .match(/<[^<>\s]{1,996}>/g) ?? [];
  return [...new Set(ids)].slice(-100);
}

/** Header fields are read from their lines: the parser knows some only as objects. */
function headerOf({ headerLines = [] }: ParsedMail, name: string): string | undefined {
  const line = headerLines.find(({ key }) => key === name)?.line;
  return line
    ?.slice(line.indexOf(':') + 1)
    .replace(/\s+/g, ' ')
    .trim();
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}
