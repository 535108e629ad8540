import { type MessageDoc, Messages } from '../../store/models/message.ts';
import { isBadAddressStatus } from '../channels/smtp-error.ts';
import { fingerprintInReturnPath } from './message-id.ts';
import { type Settler, settleBounce } from './settle.ts';

export type BounceDeps = Settler;

/** What a delivery status notification says (RFC 3464). */
export interface BounceReport {
  action: string;
  /** Enhanced status code, e.g. 5.1.1. */
  status: string;
  diagnostic: string;
  /** Message-ID of the mail that it is about, as far as it is quoted. */
  messageId?: string;
}

/** Reads the source of a mail; null when it is no delivery status notification. */
export function parseBounce(source: string): BounceReport | null {
  const unfolded = source.replace(/\r?\n[ \t]+/g, ' ');
  const head = unfolded.split(/\r?\n\r?\n/, 1)[0] ?? '';
  if (!/^content-type:\s*multipart\/report\b.*report-type="?delivery-status/im.test(head)) return null;
  const action = /^action:\s*(\w+)/im.exec(unfolded)?.[1];
  const status = /^status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(unfolded)?.[1];
  if (action === undefined || status === undefined) return null;
  // The notification has an id of its own; that of the mail in question stands in the part that quotes it, at the end.
  const messageId = [...unfolded.slice(head.length).matchAll(/^message-id:\s*(<[^<>\s]+>)/gim)].at(-1)?.[1];
  const diagnostic = /^diagnostic-code:\s*(.{1,300})/im.exec(unfolded)?.[1]?.trim() ?? status;
  return { action: action.toLowerCase(), status, diagnostic, ...(messageId !== undefined && { messageId }) };
}

/**
 * Takes a mail that came to the return path: a permanent failure marks its message, is told to the contact's history, and
 * suppresses an address that does not exist. Delays and everything else are left alone.
 * @returns whether it was a bounce of one of our messages
 */
export async function handleBounce(source: string, recipients: readonly string[], deps: BounceDeps): Promise<boolean> {
  const report = parseBounce(source);
  if (report === null || report.action !== 'failed' || !report.status.startsWith('5.')) return false;
  const message = await findMessage(report, recipients);
  if (!message) return false;
  const error = { code: report.status, message: report.diagnostic };
  await settleBounce(message, { outcome: isBadAddressStatus(report.status) ? 'bounced' : 'failed', error }, deps);
  return true;
}

async function findMessage({ messageId }: BounceReport, recipients: readonly string[]): Promise<MessageDoc | null> {
  for (const recipient of recipients) {
    const fingerprint = fingerprintInReturnPath(recipient);
    if (fingerprint === undefined) continue;
    const start = `<${fingerprint}@`;
    const found = await Messages.findOne({ messageId: { $gte: start, $lt: `${start}\uffff` } }).lean();
    if (found) return found;
  }
  return messageId === undefined ? null : await Messages.findOne({ messageId }).lean();
}
