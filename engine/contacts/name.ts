import type { ContactView } from '../model/contact.ts';

type Named = Partial<Pick<ContactView, 'firstName' | 'lastName' | 'company' | 'email' | 'phone'>>;

/** The name by which people know a contact; undefined for one of whom nothing is known. */
export function contactName({ firstName, lastName, company, email, phone }: Named): string | undefined {
  const name = [firstName, lastName].filter((part) => part !== undefined && part !== '').join(' ');
  return name || company || email || phone;
}
