import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { packageRoot } from '../config/root.ts';
import { DemoClient } from './demo/client.ts';
import { type Person, people } from './demo/people.ts';
import { Sales } from './demo/sales.ts';
import { type Act, stories } from './demo/stories.ts';
import { Support } from './demo/support.ts';

/** A new visitor so often: the public form takes 20 a minute from one address. */
const VISITOR_EVERY_S = 4;

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
const seconds = z.coerce.number().int().min(1).parse(values.seconds);
const running = readRunning();
const client = new DemoClient(running);
const support = new Support(client);
const sales = new Sales(client);

/** What is still to happen, by the second of the demonstration. */
const planned: { at: number; email: string; person: Person; act: Act }[] = [];
let visitors = 0;
let events = 0;

console.log(
  `Visitors fill in the website's form and look around for ${seconds} s. Their mails: ${running.url}/mailbox`,
);
console.log(
  running.timeScale === 1
    ? 'Time is real. To watch a month of funnels in half a minute: npm start -- --time-scale 86400; a day of support: 3600'
    : `Funnels run at ${running.timeScale} virtual seconds a second.`,
);
try {
  await support.begin(0);
  await sales.begin();
  for (let second = 0; second < seconds; second += 1) {
    if (second % VISITOR_EVERY_S === 0) await arrive(second);
    await actUntil(second);
    await support.actUntil(second);
    await sales.act();
    await pause(1_000);
  }
  await actUntil(Number.POSITIVE_INFINITY);
  await support.actUntil(Number.POSITIVE_INFINITY);
  for (const line of await support.told()) console.log(line);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
console.log(
  `${visitors} visitors, ${events} events, ${support.tickets} tickets. What became of them: ${running.url}/contacts, ${running.url}/tickets and ${running.url}/deals`,
);

async function arrive(second: number): Promise<void> {
  const person = people[visitors % people.length] ?? people[0];
  const story = stories[visitors % stories.length];
  if (person === undefined || story === undefined) throw new Error('the demonstration has no people or no stories');
  // Another person at each run: the same address would be the same contact.
  const serial = (Date.now() % 1_000_000).toString().padStart(6, '0');
  const email = `visitor-${serial}@example.com`;
  visitors += 1;
  const who = {
    firstName: person.firstName,
    email,
    phone: `${person.phone}${serial.slice(-4)}`,
    ...(person.company !== undefined && { company: person.company }),
  };
  // The form speaks the company's language; another site's leads come by the API and say theirs.
  if (person.language === 'ru') {
    const message = 'Здравствуйте, хочу узнать больше.';
    await client.post('/api/forms/website/submissions', {
      ...who,
      topic: 'order',
      message,
      consents: { email: true, sms: true },
    });
  } else {
    const consent = { email: 'granted', sms: 'granted' };
    await client.post('/api/leads', { ...who, language: 'en', timezone: 'Europe/London', consent });
  }
  console.log(`${person.firstName} ${person.lastName} fills in the form`);
  const acts = story(`D-${serial}`);
  planned.push(...acts.map((act) => ({ at: second + act.after, email, person, act })));
}

async function actUntil(second: number): Promise<void> {
  const due = planned.filter(({ at }) => at <= second).sort((a, b) => a.at - b.at);
  if (due.length === 0) return;
  for (const one of due) planned.splice(planned.indexOf(one), 1);
  await client.post('/api/events', {
    events: due.map(({ email, person, act }) => ({
      email,
      event: act.event,
      data: act.data,
      contact: { lastName: person.lastName },
    })),
  });
  events += due.length;
  for (const { person, act } of due) console.log(`${person.firstName} ${person.lastName} ${act.says}`);
}

function readRunning(): { url: string; apiKey: string; timeScale: number } {
  const data = process.env.VORONKA_DATA || '.data';
  const file = join(isAbsolute(data) ? data : join(packageRoot, data), 'running.json');
  const schema = z.object({ url: z.string(), apiKey: z.string(), timeScale: z.number() });
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    console.error('Voronka does not run here: start it with `npm start` in another terminal first.');
    process.exit(1);
  }
}
