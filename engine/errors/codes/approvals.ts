import type { CatalogueEntry } from '../entry.ts';

/** What cannot be done to an approval. */
export const approvalCodes = {
  APPROVAL_DECIDED: {
    status: 409,
    title: 'It is decided already',
    cure: 'Look at the approval: its trail says who decided, and how. What is to be decided anew is asked for anew.',
  },
  APPROVAL_DOCUMENT_CHANGED: {
    status: 409,
    title: 'What was shown is not what is to be approved now',
    cure: 'Read the document as it is now, and decide with the round and the hash that GET /api/approvals/{id} shows.',
  },
  APPROVAL_NOT_ASKED: {
    status: 409,
    title: 'This person is not asked now',
    cure: 'Let one of those decide who are asked: their stage may not have come, or their place has gone to somebody else.',
  },
  APPROVAL_DELEGATION_REFUSED: {
    status: 422,
    title: 'The place cannot be handed on to this person',
    cure: 'Name somebody who is present, is not asked in the stage already and has not handed this place on before.',
  },
  APPROVAL_NOBODY: {
    status: 422,
    title: 'Too few people could be asked',
    cure: 'Give the role to enough active users, name users, or let the stage need fewer approvals; then retry the step.',
  },
} satisfies Record<string, CatalogueEntry>;
