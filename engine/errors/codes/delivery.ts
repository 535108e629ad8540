import type { CatalogueEntry } from '../entry.ts';

/** Messages on their way, and calls to other services. */
export const deliveryCodes = {
  DELIVERY_ADDRESS_MISSING: {
    status: 422,
    title: 'The contact has no address on that channel',
    cure: 'Add the address to the contact, or send on another channel.',
  },
  DELIVERY_ADDRESS_INVALID: {
    status: 422,
    title: 'The address is not valid',
    cure: 'Correct the address on the contact.',
  },
  DELIVERY_REJECTED: {
    status: 502,
    title: 'The receiving server refused the message for good',
    cure: 'Read its answer in the message; the address is suppressed when it does not exist.',
  },
  DELIVERY_UNAVAILABLE: {
    status: 503,
    title: 'The relay or gateway cannot take the message now',
    cure: 'Nothing: it is tried again with back-off.',
    retryable: true,
  },
  DELIVERY_UNKNOWN: {
    status: 502,
    title: 'Nobody can tell whether the message left',
    cure: 'Ask the recipient or the relay’s log; it is never sent again on its own.',
  },
  LINK_INVALID: {
    status: 404,
    title: 'The link is not one of ours',
    cure: 'Open the link from the message itself; it may have been cut.',
  },
  HTTP_ADDRESS_REFUSED: {
    status: 422,
    title: 'The address may not be called',
    cure: 'Call a public https address, or allow the host in the configuration.',
  },
  HTTP_FAILED: {
    status: 502,
    title: 'The other service did not answer as hoped',
    cure: 'Read its status in the message; the `failed` exit of the step can handle it.',
  },
} satisfies Record<string, CatalogueEntry>;
