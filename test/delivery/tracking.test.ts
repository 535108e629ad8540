import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { trackingRoutes } from '../../api/public/tracking.ts';
import { unsubscribeRoutes } from '../../api/public/unsubscribe.ts';
import { startIntake } from '../../delivery/intake/consumer.ts';
import { LiveLibrary } from '../../delivery/library.ts';
import { markSent } from '../../delivery/outbox/mark.ts';
import type { Consumer } from '../../delivery/queues.ts';
import { createLinks } from '../../delivery/tracking/links.ts';
import { sign, verify } from '../../delivery/tracking/signing.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Events } from '../../store/models/event.ts';
import { Hits } from '../../store/models/hit.ts';
import { ContactRecords } from '../../store/models/record.ts';
import { secret } from './fixtures/templates.ts';
import { createWorld, type World } from './fixtures/world.ts';

let world: World;
let server: Server;
let intake: Consumer;
let origin: string;
let links: ReturnType<typeof createLinks>;

beforeAll(async () => {
  world = await createWorld();
  const { clock, queues } = world;
  const app = express();
  const log = pino({ level: 'silent' });
  await new Promise<void>((resolve) => {
    server = app.listen(0, '127.0.0.1', () => resolve());
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  links = createLinks(secret, origin);
  app.use(trackingRoutes({ clock, queues, links, log }), unsubscribeRoutes({ clock, queues, links }));
  const onError = (error: unknown) => {
    throw error;
  };
  intake = await startIntake({ clock, queues, library: new LiveLibrary(), onError });
});
afterAll(async () => {
  await intake.close();
  server.close();
  await world.close();
});
beforeEach(async () => {
  await world.reset();
  await Hits.deleteMany({});
});

const person =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36';
const target = 'https://shop.example/sale?a=1&b=2';

function visit(
  url: string,
  {
    agent = person,
    method = 'GET',
    headers = {},
  }: { agent?: string; method?: string; headers?: Record<string, string> } = {},
) {
  return fetch(url, { method, redirect: 'manual', headers: { 'user-agent': agent, ...headers } });
}

async function sentAt(time: number) {
  const message = await world.message(await world.contact());
  await markSent([{ _id: message._id, sentAt: new Date(time), attempts: 1 }]);
  return message;
}

/** A message that was sent a minute ago. */
async function sentMessage() {
  return await sentAt(world.clock.now() - 60_000);
}

const eventNames = async () => (await world.submitted()).map(({ body }) => ('event' in body ? body.event : null));

describe('clicks and opens', () => {
  it('lead to the page and count as the person’s', async () => {
    const message = await sentMessage();
    const response = await visit(links.click(message._id, target));
    expect([response.status, response.headers.get('location')]).toEqual([302, target]);
    const pixel = await visit(links.open(message._id));
    expect([pixel.status, pixel.headers.get('content-type')]).toEqual([200, 'image/gif']);
    expect(await world.submitted()).toMatchObject([
      {
        body: {
          event: 'message.clicked',
          contactId: message.contactId,
          message: message._id,
          data: { url: target, template: 'hello' },
        },
      },
      { body: { event: 'message.opened' } },
    ]);
    const stored = await world.stored(message._id);
    expect(stored.clickedAt).toBeInstanceOf(Date);
    expect(stored.openedAt).toBeInstanceOf(Date);
  });

  it('count once for a double click and for a mail that is opened again', async () => {
    const message = await sentMessage();
    for (let n = 0; n < 3; n++) await visit(links.open(message._id));
    expect(await eventNames()).toEqual(['message.opened']);
  });

  it.each([
    ['a HEAD request', { method: 'HEAD' }, 'method'],
    ['a mail filter', { agent: 'Mozilla/5.0 (compatible; BarracudaCentral)' }, 'agent'],
    ['a bot', { agent: 'Mozilla/5.0 (compatible; bingbot/2.0)' }, 'agent'],
    ['a script', { agent: 'python-requests/2.32' }, 'agent'],
    ['a nameless program', { agent: '' }, 'agent'],
    ['Apple’s proxy', { agent: 'Mozilla/5.0' }, 'agent'],
    ['a browser that looks ahead', { headers: { 'sec-purpose': 'prefetch;prerender' } }, 'prefetch'],
  ])('of %s are served, recorded and not counted', async (_, how, scanner) => {
    const message = await sentMessage();
    const response = await visit(links.click(message._id, target), how);
    expect(response.headers.get('location')).toBe(target);
    await visit(links.open(message._id), how);
    expect(await world.submitted()).toEqual([]);
    expect(await Hits.find({}, { _id: 0, scanner: 1 }).lean()).toEqual([{ scanner }, { scanner }]);
    expect((await world.stored(message._id)).clickedAt).toBeUndefined();
  });

  it('of a scanner that walks through a fresh mail like a person are not counted', async () => {
    const message = await sentAt(world.clock.now());
    await Promise.all([1, 2, 3].map((n) => visit(links.click(message._id, `${target}&n=${n}`))));
    expect(await world.submitted()).toEqual([]);
    expect(await Hits.countDocuments({ scanner: 'too-soon' })).toBe(3);
  });

  it('of somebody who opens all links at once are a walk after the first', async () => {
    const message = await sentMessage();
    for (const n of [1, 2, 3]) await visit(links.click(message._id, `${target}&n=${n}`));
    expect(await eventNames()).toEqual(['message.clicked']);
    expect(await Hits.countDocuments({ scanner: 'walk' })).toBe(2);
  });

  it('count for pictures that Google fetches when the mail is opened', async () => {
    const message = await sentMessage();
    await visit(links.open(message._id), {
      agent: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
    });
    expect(await eventNames()).toEqual(['message.opened']);
  });
});

describe('signed ids', () => {
  it('are read back only whole, for their purpose, by whoever made them', () => {
    const payload = fc.array(fc.string(), { maxLength: 4 });
    fc.assert(
      fc.property(payload, fc.nat(), fc.constantFrom('A', 'b', '-', '.', '='), (values, place, letter) => {
        const id = sign(secret, 'click', values);
        expect(verify(secret, 'click', id)).toEqual(values);
        expect(verify(secret, 'open', id)).toBeNull();
        expect(verify(`${secret}x`, 'click', id)).toBeNull();
        const at = place % id.length;
        const changed = id.slice(0, at) + letter + id.slice(at + 1);
        if (changed !== id) expect(verify(secret, 'click', changed)).toBeNull();
      }),
    );
  });

  it('are refused when tampered with: there is no open redirect', async () => {
    const message = await sentMessage();
    const [body = '', mac = ''] = sign(secret, 'click', [message._id, target]).split('.');
    const evil = Buffer.from(JSON.stringify([message._id, 'https://evil.example'])).toString('base64url');
    const ids = [`${evil}.${mac}`, `${evil}.`, evil, `${body}.${mac}.x`, `${body}.${'A'.repeat(mac.length)}`];
    for (const id of [...ids, links.open(message._id).split('/').at(-1), encodeURIComponent('https://evil.example')]) {
      const response = await visit(`${origin}/t/c/${id}?url=https://evil.example`);
      expect([response.status, response.headers.get('location')]).toEqual([404, null]);
    }
    expect(await Hits.countDocuments()).toBe(0);
  });
});

describe('unsubscribing', () => {
  const consentOf = async (id: string) => (await Contacts.findById(id).lean())?.consent.email;
  async function subscriber(language: 'en' | 'ru' = 'en') {
    const contact = await world.contact({ language });
    const message = await world.message(contact, { status: 'sent' });
    return { contact, url: links.unsubscribe({ message: message._id, contactId: contact._id, channel: 'email' }) };
  }
  const post = (url: string, form: Record<string, string>) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(form) });

  it('is not done by GET or HEAD: a scanner follows every link', async () => {
    const { contact, url } = await subscriber();
    const page = await (await visit(url)).text();
    await visit(url, { method: 'HEAD' });
    expect(page).toContain(`Stop sending news and offers to ${contact.email}?`);
    expect(page).toContain('method="post"');
    expect(await consentOf(contact._id)).toBe('granted');
    expect(await world.submitted()).toEqual([]);
  });

  it('is done by one click of the mail program', async () => {
    const { contact, url } = await subscriber();
    const response = await post(url, { 'List-Unsubscribe': 'One-Click' });
    expect(response.status).toBe(200);
    expect(await consentOf(contact._id)).toBe('withdrawn');
    expect(await ContactRecords.find({ contactId: contact._id }).lean()).toMatchObject([
      { kind: 'consent', detail: { channel: 'email', value: 'withdrawn', by: 'one-click' } },
    ]);
    expect(await Events.find({ contactId: contact._id }).lean()).toMatchObject([
      { name: 'contact.unsubscribed', data: { channel: 'email' }, message: expect.any(String) },
    ]);
  });

  it('is done by the page, once however often it is pressed, and can be undone', async () => {
    const { contact, url } = await subscriber('ru');
    const page = await (await post(url, { action: 'unsubscribe' })).text();
    expect(page).toContain('больше не придут');
    await post(url, { action: 'unsubscribe' });
    expect(await consentOf(contact._id)).toBe('withdrawn');
    expect(await ContactRecords.countDocuments({ contactId: contact._id })).toBe(1);
    expect(await (await visit(url)).text()).toContain('подписаться снова');
    expect(await (await post(url, { action: 'resubscribe' })).text()).toContain('С возвращением');
    expect(await consentOf(contact._id)).toBe('granted');
    const names = (await Events.find({ contactId: contact._id }).sort({ seq: 1 }).lean()).map(({ name }) => name);
    expect(names).toEqual(['contact.unsubscribed', 'contact.subscribed']);
  });

  it('shows what contacts are called as text, never as markup', async () => {
    const contact = await world.contact({ email: '"<img src=x>"@example.com' });
    const page = await (
      await visit(links.unsubscribe({ message: 'm', contactId: contact._id, channel: 'email' }))
    ).text();
    expect(page).not.toContain('<img');
  });

  it('refuses a token that is not ours', async () => {
    const { contact, url } = await subscriber();
    const response = await post(`${url}x`, { action: 'unsubscribe' });
    expect(response.status).toBe(404);
    expect(await consentOf(contact._id)).toBe('granted');
  });
});
