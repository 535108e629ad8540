import type { Contact } from '../api/types.ts';

type Named = Pick<Contact, 'id' | 'firstName' | 'lastName' | 'email' | 'phone'>;

/** What a contact is called in lists: the name, else an address, else the id. */
export function contactName({ id, firstName, lastName, email, phone }: Named): string {
  return [firstName, lastName].filter(Boolean).join(' ') || email || phone || id;
}
