import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { markSent, writeMarks } from '../../delivery/outbox/mark.ts';
import { listMessages, type MessageFilter } from '../../store/messages.ts';
import type { MessageStatus } from '../../store/models/message.ts';
import { createWorld, type World } from './fixtures/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const ends = ['queued', 'sent', 'failed', 'skipped', 'unknown', 'bounced'] as const;

/** Messages of two contacts, one a second, that came to these ends in turn. @returns their keys by end, the newest first */
async function fill(count: number): Promise<Map<MessageStatus, string[]>> {
  const contacts = [await world.contact(), await world.contact()];
  const keys = new Map<MessageStatus, string[]>(ends.map((end) => [end, []]));
  for (let n = 0; n < count; n += 1) {
    const [contact = await world.contact()] = contacts.slice(n % 2);
    const { _id } = await world.message(contact, { queuedAt: new Date(n * 1_000), instance: `i${n % 2}` });
    const end = ends[n % ends.length] ?? 'queued';
    keys.get(end)?.unshift(_id);
    if (end === 'sent') await markSent([{ _id, sentAt: new Date(n * 1_000), attempts: 1, subject: `No ${n}` }]);
    else if (end !== 'queued') await writeMarks([{ key: _id, set: { status: end } }]);
  }
  return keys;
}

/** A list that is read page by page. */
async function all(filter: MessageFilter, limit: number): Promise<string[]> {
  const keys: string[] = [];
  for (let last: Awaited<ReturnType<typeof listMessages>>[number] | undefined; ; ) {
    const page = await listMessages(filter, limit, last);
    expect(page.length).toBeLessThanOrEqual(limit);
    keys.push(...page.map(({ _id }) => _id));
    last = page.at(-1);
    if (page.length < limit || last === undefined) return keys;
  }
}

beforeEach(() => world.reset());

it('messages are listed by status, the newest first, page by page', async () => {
  const keys = await fill(24);
  for (const status of ends) {
    expect(await all({ status }, 3)).toEqual(keys.get(status));
    expect(await all({ status, instance: 'i0' }, 100)).toEqual(ends.indexOf(status) % 2 === 0 ? keys.get(status) : []);
  }
  expect((await all({}, 5)).toSorted()).toEqual([...keys.values()].flat().toSorted());
});

it('messages say how far each came', async () => {
  await fill(6);
  const list = await listMessages({}, 10);
  expect(list.map(({ status }) => status)).toEqual(ends.toReversed());
  expect(list.find(({ status }) => status === 'sent')).toMatchObject({ subject: 'No 1', attempts: 1 });
});
