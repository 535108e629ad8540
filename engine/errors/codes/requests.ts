import type { CatalogueEntry } from '../entry.ts';

/** What a request to the API can be refused for. */
export const requestCodes = {
  VALIDATION_FAILED: {
    status: 422,
    title: 'The request has mistakes',
    cure: 'Mend every field listed under "problems" and send it again.',
  },
  MALFORMED_JSON: {
    status: 400,
    title: 'The body is not JSON',
    cure: 'Send valid JSON with the header Content-Type: application/json.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: 'The body is too large',
    cure: 'Send fewer items in one request; the limit is in the message.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'The content type is not supported',
    cure: 'Send the body as the content type that the message names.',
  },
  UNAUTHORISED: { status: 401, title: 'No valid API key', cure: 'Send the header Authorization: Bearer <API key>.' },
  FORBIDDEN: { status: 403, title: 'Not allowed', cure: 'Use a key or a user that has this right.' },
  NOT_FOUND: {
    status: 404,
    title: 'There is no such thing',
    cure: 'Check the address and the id; list the collection to see what exists.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'This address does not take that method',
    cure: 'Use one of the methods in the Allow header.',
  },
  CONFLICT: {
    status: 409,
    title: 'It has changed in the meantime',
    cure: 'Read it again, apply your change to what is there now, and retry.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 409,
    title: 'The idempotency key was used with another body',
    cure: 'Use a new Idempotency-Key for a new request.',
  },
  RATE_LIMITED: {
    status: 429,
    title: 'Too many requests',
    cure: 'Wait as long as the Retry-After header says.',
    retryable: true,
  },
  INTERNAL: { status: 500, title: 'A defect of ours', cure: 'Look up the request id in the log and report it.' },
} satisfies Record<string, CatalogueEntry>;
