import { newContact } from '../../delivery/intake/person.ts';
import { newId } from '../../store/id.ts';
import { type ContactDoc, Contacts } from '../../store/models/contact.ts';

const batch = 1_000;

/** Makes contacts who may be written to. @returns their ids */
export async function makeContacts(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, newId);
  for (let start = 0; start < count; start += batch) {
    await Contacts.insertMany(ids.slice(start, start + batch).map(contact), { ordered: false, lean: true });
  }
  return ids;
}

function contact(id: string): ContactDoc {
  return {
    ...newContact(id, Date.now()),
    email: `${id}@example.com`,
    emailKey: `${id}@example.com`,
    firstName: 'Anna',
    timezone: 'Europe/Moscow',
    consent: { email: 'granted', sms: 'granted' },
  };
}
