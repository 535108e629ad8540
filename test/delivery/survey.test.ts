import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { surveyRoutes } from '../../api/public/survey.ts';
import { startIntake } from '../../delivery/intake/consumer.ts';
import { intakeDoc, intakeItem } from '../../delivery/intake/items.ts';
import { intakeApplied, submitIntake } from '../../delivery/intake/submit.ts';
import { LiveLibrary } from '../../delivery/library.ts';
import { composeMail } from '../../delivery/outbox/compose.ts';
import type { Consumer } from '../../delivery/queues.ts';
import { createLinks, type Links } from '../../delivery/tracking/links.ts';
import { contactView } from '../../store/contacts.ts';
import { newId } from '../../store/id.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Events } from '../../store/models/event.ts';
import { Tickets } from '../../store/models/ticket.ts';
import { eventually } from '../support/poll.ts';
import { secret } from './fixtures/templates.ts';
import { createWorld, type World } from './fixtures/world.ts';

let world: World;
let server: Server;
let intake: Consumer;
let links: Links;

beforeAll(async () => {
  world = await createWorld();
  const { clock, queues } = world;
  const app = express();
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  links = createLinks(secret, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const library = new LiveLibrary();
  app.use(surveyRoutes({ clock, queues, links, library }));
  const onError = (error: unknown) => {
    throw error;
  };
  intake = await startIntake({ clock, queues, library, onError });
});
afterAll(async () => {
  await intake.close();
  server.close();
  await world.close();
});

async function post(url: string, fields: Record<string, string>): Promise<{ status: number; text: string }> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: response.status, text: await response.text() };
}

async function answers(contactId: string) {
  return await Events.find({ contactId, name: 'survey.answered' }).lean();
}

async function openTicket(contactId: string): Promise<string> {
  const id = newId();
  const message = { text: 'Где мой заказ?' };
  const body = { do: 'open' as const, contactId, channel: 'api' as const, subject: 'Заказ', message };
  await submitIntake(world.queues.intake, [intakeDoc(id, [intakeItem('ticket', id, body, 'api')], world.clock.now())]);
  expect(await intakeApplied([id], 20_000)).toBe(true);
  return id;
}

describe('the page behind a survey link', () => {
  it('takes nothing when it is only opened: scanners follow every link', async () => {
    const { _id: contactId } = await world.contact({ language: 'ru' });
    const url = links.survey({ kind: 'nps', contactId, message: newId() });
    const page = await (await fetch(`${url}?mark=9`)).text();
    expect(page).toContain('lang="ru"');
    expect(page).toMatch(/value="9" required checked/);
    expect(page.match(/type="radio"/g)).toHaveLength(11);
    expect(await answers(contactId)).toEqual([]);
  });

  it('takes one mark per message, on the event, the contact and its message', async () => {
    const { _id: contactId } = await world.contact({ language: 'en' });
    const message = newId();
    const url = links.survey({ kind: 'nps', contactId, message });
    const first = await post(url, { mark: '7', comment: ' <b>fine</b> ' });
    expect(first).toMatchObject({ status: 200, text: expect.stringContaining('Thank you') });
    const [answer] = await eventually(async () => {
      const found = await answers(contactId);
      return found.length > 0 && found;
    });
    expect(answer).toMatchObject({ data: { survey: 'nps', mark: 7, comment: '<b>fine</b>' }, message });
    const again = await post(url, { mark: '1' });
    expect(again.text).toContain('answered already');
    expect(await (await fetch(url)).text()).toContain('answered already');
    expect(await answers(contactId)).toHaveLength(1);
    expect((await Contacts.findById(contactId).lean())?.attributes.nps).toBe(7);
  });

  it('puts the mark on the ticket that it is about', async () => {
    const { _id: contactId } = await world.contact();
    const ticket = await openTicket(contactId);
    await post(links.survey({ kind: 'csat', contactId, message: newId(), ticket }), { mark: '2', comment: 'slow' });
    const rated = await eventually(async () => {
      const found = await Tickets.findById(ticket).lean();
      return found?.satisfaction && found;
    });
    expect(rated.satisfaction).toMatchObject({ mark: 2, comment: 'slow' });
    const [answer] = await answers(contactId);
    expect(answer?.data).toMatchObject({ survey: 'csat', mark: 2, ticket: { id: ticket, subject: 'Заказ' } });
    expect((await Contacts.findById(contactId).lean())?.attributes.csat).toBe(2);
  });

  it('asks again for a mark that is missing or not on the scale, and refuses a link that was changed', async () => {
    const { _id: contactId } = await world.contact({ language: 'en' });
    const url = links.survey({ kind: 'csat', contactId, message: newId() });
    for (const mark of ['', '0', '6', '4.5', '-1', 'x']) {
      expect(await post(url, { mark })).toMatchObject({ status: 422, text: expect.stringContaining('choose a mark') });
    }
    for (const wrong of [`${url.slice(0, -1)}x`, url.replace('/s/', '/s/a')]) {
      expect((await fetch(wrong)).status).toBe(404);
      expect((await post(wrong, { mark: '5' })).status).toBe(404);
    }
    expect(await answers(contactId)).toEqual([]);
  });
});

it('is linked in the message of send-survey', async () => {
  const doc = await world.contact({ language: 'en' });
  const message = await world.message(doc, { template: 'survey' });
  message.item.survey = { kind: 'nps' };
  const mail = composeMail({ message, contact: contactView(doc), policy: world.policy }, Date.now(), world.deps);
  const click = /href="[^"]*\/t\/c\/([^"]+)"/.exec(mail.html)?.[1] ?? '';
  const target = world.deps.links.readClick(click)?.url ?? '';
  const token = world.deps.links.readSurvey(target.split('/s/')[1] ?? '');
  expect(token).toEqual({ kind: 'nps', contactId: doc._id, message: message._id });
});
