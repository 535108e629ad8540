import { createHash } from 'node:crypto';

/**
 * RFC 5322 Message-ID of a message: from its effect key alone, so that every attempt carries the same one and the
 * receiving side can recognise a copy.
 * @param from the sender, whose domain it ends with
 */
export function messageIdOf(key: string, from: string): string {
  return `<${fingerprint(key)}@${domainOf(from)}>`;
}

/** Envelope sender that tells which message a bounce is about, even when the bounce quotes nothing. */
export function returnPathOf(messageId: string, mailbox: string): string {
  return mailbox.replace('@', `+${localPart(messageId)}@`);
}

/** The message's fingerprint in a return path made by `returnPathOf`. */
export function fingerprintInReturnPath(address: string): string | undefined {
  return /\+([0-9a-f]{32})@/.exec(address)?.[1];
}

/** The bare address of a sender such as `Shop <hello@example.com>`. */
export function addressOf(from: string): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1]?.trim() ?? from.trim();
}

function domainOf(from: string): string {
  return addressOf(from).split('@').at(-1) ?? 'localhost';
}

function localPart(messageId: string): string {
  return messageId.slice(1, messageId.indexOf('@'));
}

function fingerprint(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}
