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
  const now = new Date();
  return {
    _id: id,
    email: `${id}@example.com`,
    emailKey: `${id}@example.com`,
    firstName: 'Anna',
    language: 'en',
    timezone: 'Europe/Moscow',
    attributes: {},
    score: { fit: 0, engagement: 0, total: 0, class: 'cold' },
    segments: [],
    consent: { email: 'granted', sms: 'granted' },
    suppressed: {},
    arms: {},
    seq: 0,
    search: [],
    mergedFrom: [],
    createdAt: now,
    updatedAt: now,
  };
}
