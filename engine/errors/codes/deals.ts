import type { CatalogueEntry } from '../entry.ts';

/** What cannot be done to a deal. */
export const dealCodes = {
  GUARD_NOT_MET: {
    status: 409,
    title: 'The deal may not go there yet',
    cure: 'Fill in what each guard misses, or let somebody with the role move it.',
  },
  DEAL_CLOSED: {
    status: 409,
    title: 'The deal is over',
    cure: 'Reopen the deal with POST /api/deals/{id}/reopen, or open another one.',
  },
  DEAL_NOT_FOUND: {
    status: 409,
    title: 'The instance has no deal',
    cure: 'Cancel the instance; only a process whose subject is a deal can work on one.',
  },
} satisfies Record<string, CatalogueEntry>;
