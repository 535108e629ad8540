import { approvalCodes } from './codes/approvals.ts';
import { dealCodes } from './codes/deals.ts';
import { definitionCodes } from './codes/definitions.ts';
import { deliveryCodes } from './codes/delivery.ts';
import { documentCodes } from './codes/documents.ts';
import { inboundCodes } from './codes/inbound.ts';
import { moneyCodes } from './codes/money.ts';
import { processCodes } from './codes/processes.ts';
import { requestCodes } from './codes/requests.ts';
import { serverCodes } from './codes/servers.ts';
import { taskCodes } from './codes/tasks.ts';
import { ticketCodes } from './codes/tickets.ts';
import type { CatalogueEntry } from './entry.ts';

const codes = {
  ...requestCodes,
  ...serverCodes,
  ...definitionCodes,
  ...processCodes,
  ...ticketCodes,
  ...dealCodes,
  ...approvalCodes,
  ...taskCodes,
  ...moneyCodes,
  ...deliveryCodes,
  ...inboundCodes,
  ...documentCodes,
} satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof codes;

/** Every error code of the project. `docs/errors.md` has one section for each; a test keeps the two in step. */
export const catalogue: Record<ErrorCode, CatalogueEntry> = codes;
