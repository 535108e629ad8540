import type { MoneyProblem } from '../../../store/models/payment.ts';
import type { Desk } from '../kinds.ts';
import type { Person } from '../person.ts';

export type MoneyDesk = Pick<Desk, 'crowd' | 'deals' | 'money' | 'library'>;

/** What money is for. */
export interface Aim {
  dealId?: string;
  /** Number of the document. */
  document?: string;
  problem?: MoneyProblem;
}

/** The deal of the person that is named, by itself or by a document. */
export function aimOf(
  { dealId, document }: { dealId?: string | undefined; document?: string | undefined },
  person: Person,
  { crowd, deals, money }: MoneyDesk,
): Aim {
  const paper = document === undefined ? undefined : money.paper(document);
  const number = paper === undefined ? {} : { document: paper.number };
  const id = dealId ?? paper?.dealId;
  if (id === undefined) return document === undefined || paper ? number : astray(`there is no document ${document}`);
  const file = deals.byId(id);
  if (file === undefined) return { ...number, ...astray(`there is no deal ${id}`) };
  if (crowd.byId(file.doc.contactId) !== person) return { ...number, ...astray(`the deal ${id} is another contact's`) };
  return { ...number, dealId: id };
}

function astray(message: string): Aim {
  return { problem: { code: 'PAYMENT_ASTRAY', message } };
}
