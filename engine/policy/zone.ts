import type { ContactView } from '../model/contact.ts';
import type { ContactPolicy } from '../schema/contact-policy.ts';
import { offsetAt } from '../time/offset.ts';

export interface EffectiveZone {
  /** IANA zone by which local times are read. */
  zone: string;
  /** False when neither the contact nor the definition gives one, and the company's stands in. */
  known: boolean;
}

/**
 * The zone of a contact: its own, else the definition's, else the company's. A zone that this runtime does not know
 * (contacts' zones come from outside) counts as absent.
 */
export function effectiveZone(
  contact: Pick<ContactView, 'timezone'>,
  /** `settings.timezone` of the definition: `contact`, or a zone for those whose own is unknown. */
  definitionZone: string,
  policy: Pick<ContactPolicy, 'company'>,
): EffectiveZone {
  if (contact.timezone !== undefined && exists(contact.timezone)) return { zone: contact.timezone, known: true };
  if (definitionZone !== 'contact') return { zone: definitionZone, known: true };
  return { zone: policy.company.timezone, known: false };
}

function exists(zone: string): boolean {
  try {
    offsetAt(0, zone);
    return true;
  } catch {
    return false;
  }
}
