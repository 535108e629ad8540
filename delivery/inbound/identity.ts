import { createHash } from 'node:crypto';

/** What a mail is known by. */
interface Known {
  messageId?: string | undefined;
  /** Address of `From`. */
  from?: string | undefined;
}

/**
 * Id of a mail, made of itself: its Message-ID, its sender and its body, so that a mail which comes again, or by two of our
 * addresses, is the same one, while another mail under the same Message-ID is not. Without a Message-ID what its writer's program
 * wrote counts, but for what servers write over it on its way.
 * @param known null when the mail cannot be read: then every byte counts
 */
export function mailId(raw: Buffer, known: Known | null): string {
  const end = known === null ? 0 : Math.max(raw.indexOf('\r\n\r\n'), 0);
  const head = raw.subarray(0, end).toString('latin1');
  const hash = createHash('sha256');
  hash.update(known?.messageId === undefined ? authored(head) : `${known.messageId}\n${known.from ?? ''}`);
  return hash.update('\n\n').update(raw.subarray(end)).digest('hex').slice(0, 24);
}

/** Id of a file of a mail. */
export function mailFileId(mail: string, part: string): string {
  return createHash('sha256').update(`${mail}/${part}`).digest('hex').slice(0, 24);
}

/** The fields that the writer's own program wrote, not those of the way. */
function authored(head: string): string {
  const fields = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return fields.filter((field) => /^(?:from|to|cc|subject|date):/i.test(field)).join('\n');
}
