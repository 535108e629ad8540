import { nudge } from '../../delivery/queues.ts';
import type { ContactView } from '../../engine/model/contact.ts';
import type { EffectOf } from '../../engine/model/effects.ts';
import { contactViews } from '../../store/contacts.ts';
import { type EffectDeps, failed, type Outcome, type PerformEffect, performed, troubled } from './effect.ts';

/** Makes documents under their effect keys. Answers `document`: its id, number, hash and sum. */
export const generateDocument: PerformEffect<'generate-document'> = async (effects, deps) => {
  const contacts = await contactViews(effects.map(({ item }) => item.subject.contactId));
  const made = effects.map((effect) => make(effect, contacts.get(effect.item.subject.contactId), deps));
  const outcomes = await Promise.all(made);
  void nudge(deps.queues.intake);
  return outcomes;
};

async function make(
  { key, instance, item: { subject, content, deal } }: EffectOf<'generate-document'>,
  contact: ContactView | undefined,
  { documents, policy, now }: EffectDeps,
): Promise<Outcome> {
  if (contact === undefined) return failed(key, 'NOT_FOUND', `there is no contact ${subject.contactId}`);
  const order = { contact, deal, company: policy.company, content, now };
  const dealId = subject.kind === 'deal' ? subject.id : undefined;
  try {
    const doc = await documents.issue({ ...order, dealId, by: `instance:${instance}`, effectKey: key });
    const { _id: id, number, pdf, gross, snapshot } = doc;
    return performed(key, { document: { id, number, sha256: pdf?.sha256 ?? '', gross, currency: snapshot.currency } });
  } catch (error) {
    return troubled(key, error);
  }
}
