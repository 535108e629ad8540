import { survivors } from '../../store/contacts.ts';
import { newId } from '../../store/id.ts';
import type { ContactDoc } from '../../store/models/contact.ts';
import { intakeDoc, intakeItem } from '../intake/items.ts';
import { intakeApplied, submitIntake } from '../intake/submit.ts';
import type { UnsubscribeToken } from './links.ts';
import type { TrackingDeps } from './record.ts';

/** How a contact said it: the mail program's button (RFC 8058), or the page behind the link. */
export type Way = 'one-click' | 'unsubscribe-page';

/** The contact that a token speaks of, also when it was merged since. */
export async function contactOf({ contactId }: Pick<UnsubscribeToken, 'contactId'>): Promise<ContactDoc | undefined> {
  return (await survivors([contactId])).get(contactId);
}

/**
 * Withdraws (or, after a change of mind, grants again) marketing consent on the token's channel, and waits a moment until
 * that holds. Asking again for what is so already changes nothing.
 */
export async function changeConsent(
  token: UnsubscribeToken,
  value: 'granted' | 'withdrawn',
  way: Way,
  { clock, queues }: TrackingDeps,
): Promise<void> {
  const contact = await contactOf(token);
  if (!contact || contact.consent[token.channel] === value) return;
  const id = newId();
  const consent = { ...token, contactId: contact._id, value, by: way };
  const item = intakeItem('consent', id, consent, 'delivery');
  await submitIntake(queues.intake, [intakeDoc(id, [item], clock.now())]);
  await intakeApplied([id]);
}
