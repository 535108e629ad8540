import { contactName } from '../../engine/contacts/name.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import { survivors } from '../../store/contacts.ts';
import { dealsById } from '../../store/deals.ts';
import type { ContactDoc } from '../../store/models/contact.ts';
import type { DealDoc } from '../../store/models/deal.ts';

/** A deal as the API shows it, under the contact that has it now. */
export function dealAnswerOf(doc: DealDoc, contact: ContactDoc | undefined) {
  const { _id, moves: _, trail: __, refusals: ___, received = {}, contactId, ...deal } = doc;
  const paid = received[deal.currency] ?? 0;
  const name = contact && contactName(contact);
  return {
    id: _id,
    ...deal,
    paid,
    contactId: contact?._id ?? contactId,
    ...(name !== undefined && { contactName: name }),
  };
}

/** @throws VoronkaError NOT_FOUND */
export async function requireDeal(id: string): Promise<DealDoc> {
  const [deal] = await dealsById([id]);
  if (deal === undefined) throw new VoronkaError('NOT_FOUND', `there is no deal ${id}`);
  return deal;
}

/** @throws VoronkaError NOT_FOUND */
export async function showDeal(id: string) {
  const [deal] = await showDeals([await requireDeal(id)]);
  return deal;
}

export async function showDeals(docs: readonly DealDoc[]) {
  const contacts = await survivors(docs.map(({ contactId }) => contactId));
  return docs.map((doc) => dealAnswerOf(doc, contacts.get(doc.contactId)));
}
