import { eventually } from '../support/poll.ts';
import type { Product } from './product.ts';

/** Promises an answer within an hour and a resolution within a day, whatever the hour. */
const policy = {
  kind: 'sla',
  key: 'studio',
  name: 'Studio',
  order: 1,
  targets: { 'first-response': { normal: 'PT1H', high: 'PT30M' }, resolution: { normal: 'PT24H', high: 'PT12H' } },
};

const article = {
  title: { en: 'The lamp blinks', ru: 'Лампа мигает' },
  body: { en: 'Turn the **dimmer** to the full.', ru: 'Поверните **диммер** до упора.' },
  topics: ['technical'],
};

export interface Desk {
  /** Ids of two tickets: of a blinking lamp, and of a courier who did not come. */
  lamp: string;
  courier: string;
}

/** A policy, an agent, an article and two tickets whose clocks run. */
export async function openDesk({ call }: Product): Promise<Desk> {
  await call('PUT', '/users/olga', { name: 'Olga Zaitseva', role: 'support', language: 'en' });
  await call('PUT', '/articles/lamp-blinks', article);
  await call('POST', '/definitions/sla/studio/publish', { body: policy, by: 'test' });
  const open = async (person: object, subject: string, text: string): Promise<string> => {
    await call('POST', '/leads', person);
    const { id } = await call('POST', '/tickets', { ...person, subject, text, topic: 'technical' });
    return String(id);
  };
  const lamp = await open(
    { email: 'oscar@example.com', firstName: 'Oscar', lastName: 'Lind' },
    'My lamp blinks',
    'It blinks all the evening.',
  );
  const courier = await open(
    { email: 'vera@example.com', firstName: 'Вера', lastName: 'Ковалёва' },
    'Где курьер?',
    'Жду с утра.',
  );
  for (const id of [lamp, courier]) {
    await eventually(
      async () => {
        const { clocks } = await call('GET', `/tickets/${id}/sla`);
        return Array.isArray(clocks) && clocks.length === 2;
      },
      { within: 60_000, every: 250 },
    );
  }
  return { lamp, courier };
}
