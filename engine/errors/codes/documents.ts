import type { CatalogueEntry } from '../entry.ts';

/** Proposals, contracts, invoices. */
export const documentCodes = {
  DOCUMENT_DATA_INVALID: {
    status: 422,
    title: 'The document lacks data, or got data that its template does not know',
    cure: 'Each problem names the path: give it with the document, fill it in on the contact, or correct its name.',
  },
  DOCUMENT_NOT_CURRENT: {
    status: 409,
    title: 'The document is void or superseded',
    cure: 'Work on the document that took its place, or make a new one.',
  },
  DOCUMENT_BYTES_DIFFER: {
    status: 500,
    title: 'The document made again is not the one that was made first',
    cure: 'The stored file is the one that counts. Another release of the program may draw otherwise: report it.',
  },
  DOCUMENT_RENDERING_FAILED: {
    status: 500,
    title: 'The document could not be drawn',
    cure: 'Read the message; a document that is too large can be split into two.',
    retryable: true,
  },
} satisfies Record<string, CatalogueEntry>;
