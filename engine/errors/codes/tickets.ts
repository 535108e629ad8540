import type { CatalogueEntry } from '../entry.ts';

/** What cannot be done to a ticket. */
export const ticketCodes = {
  TICKET_CLOSED: {
    status: 409,
    title: 'The ticket is closed',
    cure: 'Work on the ticket that it was merged into, or open a new one: a later message of the customer does.',
  },
  TICKET_MERGE_REFUSED: {
    status: 409,
    title: 'The tickets cannot be merged',
    cure: 'Name another ticket that is not closed, neither itself nor one that was merged into it.',
  },
  USER_NOT_FOUND: {
    status: 422,
    title: 'There is no active user of that key',
    cure: 'List the users with GET /api/users, create the user, or correct the key.',
  },
} satisfies Record<string, CatalogueEntry>;
