import type { Handover } from './handover.ts';

/** Errors before a relay was reached, or before it said yes to anything. */
const unreached = ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'EPROTOCOL', 'EPROXY'];

/**
 * Reads an error of nodemailer.
 * @param began whether any byte of the message had gone out after DATA
 */
export function classifySmtpError(error: unknown, began: boolean): Handover {
  const message = oneLineMessage(error);
  const code = property(error, 'code') ?? 'ERROR';
  const status = Number(property(error, 'responseCode') ?? Number.NaN);
  if (status >= 400 && status < 500) return { outcome: 'retry', error: { code: String(status), message } };
  if (status >= 500 && status < 600) {
    // Wrong credentials say nothing about the message: somebody will correct them.
    if (code === 'EAUTH') return { outcome: 'retry', error: { code: String(status), message } };
    const badAddress = isBadAddress(status, message, property(error, 'command') ?? '');
    return { outcome: badAddress ? 'bounced' : 'failed', error: { code: String(status), message } };
  }
  if (began) return { outcome: 'unknown', error: { code, message } };
  if (unreached.includes(code)) return { outcome: 'retry', error: { code, message } };
  // Refused by nodemailer itself: an address that is none, a message above the relay's limit.
  return { outcome: code === 'EENVELOPE' ? 'bounced' : 'failed', error: { code, message } };
}

/**
 * RFC 3463: 5.1.x is about the address, 5.2.1 a disabled mailbox. Without an enhanced code a refusal of the recipient
 * with 550, 551 or 553 says the same (RFC 5321 §4.2.3).
 */
function isBadAddress(status: number, message: string, command: string): boolean {
  const enhanced = /\b5\.(\d{1,3})\.(\d{1,3})\b/.exec(message);
  if (enhanced) return isBadAddressStatus(enhanced[0]);
  return command === 'RCPT TO' && [550, 551, 553].includes(status);
}

/** Whether an enhanced status code, such as 5.1.1, means that the address does not exist. 5.1.7 and 5.1.8 blame the sender's. */
export function isBadAddressStatus(status: string): boolean {
  return /^5\.1\.([0-6]|9|10)$|^5\.2\.1$/.test(status);
}

function property(error: unknown, name: 'code' | 'command' | 'responseCode'): string | undefined {
  const value = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  return value === undefined ? undefined : String(value);
}

function oneLineMessage(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 500);
}
