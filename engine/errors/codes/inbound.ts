import type { CatalogueEntry } from '../entry.ts';

/** What customers and other services send in. */
export const inboundCodes = {
  MAIL_UNREADABLE: {
    status: 422,
    title: 'The mail cannot be read',
    cure: 'Download the mail as it came, and open the ticket by hand.',
  },
  SIGNATURE_INVALID: {
    status: 401,
    title: 'The webhook is not signed as agreed',
    cure: 'Compare the secret with that of the source in WEBHOOKS, and the clock of the sender with the time.',
  },
} satisfies Record<string, CatalogueEntry>;
