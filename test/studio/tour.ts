import { eventually } from '../support/poll.ts';
import type { Product } from './product.ts';

/** Sends a mail and an SMS, stands still where a field is missing, then waits in two branches. */
export const tour = {
  kind: 'process',
  key: 'studio-tour',
  name: { en: 'Tour of the studio', ru: 'Обход студии' },
  description: { en: 'Something of everything.', ru: 'Всего понемногу.' },
  triggers: [{ on: 'event', event: 'lead.created' }],
  goals: [{ event: 'order.placed', outcome: 'bought' }],
  settings: { purpose: 'transactional' },
  steps: [
    { id: 'hello', type: 'send-message', channel: 'email', template: 'welcome' },
    { id: 'text', type: 'send-message', channel: 'sms', template: 'callback-confirmed' },
    {
      id: 'plan',
      type: 'branch',
      cases: [{ name: 'pro', when: 'contact.attributes.plan == "pro"' }],
      next: { pro: 'both', else: 'done' },
    },
    {
      id: 'both',
      type: 'parallel',
      branches: {
        points: [{ id: 'more', type: 'adjust-score', points: 7, reason: 'took the tour' }],
        rest: [{ id: 'sleep', type: 'wait', for: 'P1D' }],
      },
    },
    { id: 'done', type: 'end', outcome: 'toured' },
  ],
};

export const people = [
  { email: 'anna@example.com', phone: '+79123456789', firstName: 'Анна', lastName: 'Иванова', language: 'ru' },
  { email: 'peter@example.com', phone: '+79123456780', firstName: 'Peter', lastName: 'Smith', language: 'en' },
];

export interface Seeded {
  contacts: string[];
  /** Instances, both at an incident: the field that the branch reads is not there. */
  instances: string[];
  /** Id of a mail in the mailbox. */
  mail: string;
}

interface Row {
  id: string;
  kind?: string;
}

/** Lets two people into the tour and waits until both stand at their incident and their messages have come. */
export async function seed({ call }: Product): Promise<Seeded> {
  await call('POST', '/definitions/process/studio-tour/publish', { body: tour, by: 'test' });
  const rows = async (path: string): Promise<Row[]> => {
    const { items } = await call('GET', path);
    return Array.isArray(items) ? items : [];
  };
  for (const person of people) await call('POST', '/leads', person);
  const within = { within: 60_000, every: 250 };
  const instances = await eventually(async () => {
    const found = await rows('/instances?process=studio-tour&incident=true');
    return found.length === people.length && found;
  }, within);
  const messages = await eventually(async () => {
    const found = await rows('/mailbox');
    return found.length === 2 * people.length && found;
  }, within);
  const mail = messages.find(({ kind }) => kind === 'email')?.id ?? '';
  const contacts = await rows('/contacts');
  return { contacts: contacts.map(({ id }) => id), instances: instances.map(({ id }) => id), mail };
}
