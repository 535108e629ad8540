import type { ReadMail } from './parse.ts';

const subjects =
  /^(?:auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|away from|автоматический ответ|автоответ|нет на месте|вне офиса|я в отпуске)/i;

/**
 * Why a mail is taken for one that a machine wrote, or null. RFC 3834 has `Auto-Submitted`; the others are what vacation
 * programs, newsletters and Exchange write in its place.
 */
export function machineMade({ header, subject }: Pick<ReadMail, 'header' | 'subject'>): string | null {
  const submitted = header('auto-submitted');
  if (submitted !== undefined && !/^no\b/i.test(submitted)) return `Auto-Submitted: ${short(submitted)}`;
  const precedence = header('precedence');
  if (precedence !== undefined && /^(?:bulk|junk|list|auto_reply)\b/i.test(precedence))
    return `Precedence: ${short(precedence)}`;
  for (const name of ['x-autoreply', 'x-autorespond', 'x-autoresponder']) {
    const value = header(name);
    if (value !== undefined && !/^no\b/i.test(value)) return `${name}: ${short(value)}`;
  }
  if (/report-type="?disposition-notification/i.test(header('content-type') ?? ''))
    return 'it says that a mail was read';
  if (subjects.test(subject)) return `Subject: ${short(subject)}`;
  return null;
}

/** Names the installation that a mail left, so that one which comes back is seen. */
export const loopHeader = 'X-Voronka-Loop';

/** Why a mail is taken for one about a mail that was not delivered, and whether nothing else can be meant; or null. */
export function aboutDelivery(
  { header }: Pick<ReadMail, 'header'>,
  envelopeFrom: string,
): { reason: string; certain: boolean } | null {
  if (/^multipart\/report\b.*report-type="?delivery-status/i.test(header('content-type') ?? '')) {
    return { reason: 'it is a delivery status notification', certain: true };
  }
  if (envelopeFrom !== '') return null;
  return { reason: 'it came without a sender (MAIL FROM:<>), as notices of mail servers do', certain: false };
}

function short(text: string): string {
  return text.slice(0, 100);
}
