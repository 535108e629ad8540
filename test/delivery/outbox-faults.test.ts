import { once } from 'node:events';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { carryOver } from '../../delivery/outbox/carry-over.ts';
import { claimMessages, giveUpLapsed, readClaimed, release } from '../../delivery/outbox/claim.ts';
import { startOutbox } from '../../delivery/outbox/consumer.ts';
import { deliverDue } from '../../delivery/outbox/deliver.ts';
import { enqueued } from '../../delivery/outbox/enqueue.ts';
import { markSent } from '../../delivery/outbox/mark.ts';
import { nudge } from '../../delivery/queues.ts';
import { messagesByKey, messageViews, unsentMessages } from '../../store/messages.ts';
import { Claims } from '../../store/models/claim.ts';
import { type MessageDoc, Messages } from '../../store/models/message.ts';
import { Outbox } from '../../store/models/outbox.ts';
import { SentMessages } from '../../store/models/sent-message.ts';
import { eventually } from '../support/poll.ts';
import { type BreakingSmtp, type Breaks, breakingSmtp } from './fixtures/breaking-smtp.ts';
import { startScript } from './fixtures/child.ts';
import { createWorld, type World } from './fixtures/world.ts';

let world: World;
let relay: BreakingSmtp;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  relay = await breakingSmtp();
  return () => relay.close();
});

async function messages(count: number, fields: Partial<MessageDoc> = {}): Promise<MessageDoc[]> {
  const contact = await world.contact();
  return await Promise.all(Array.from({ length: count }, () => world.message(contact, fields)));
}

/** Makes the leases of all claims lapse, as time would. */
async function lapse(): Promise<void> {
  await Claims.updateMany({}, { $set: { leaseUntil: new Date(Date.now() - 1) } });
}

/** Messages that some process has in its hands, or had when it died. */
async function claimed(): Promise<string[]> {
  const claims = await Claims.find().lean();
  return claims.flatMap(({ messages }) => messages);
}

describe('a relay that breaks off', () => {
  it.each<[string, Breaks]>([
    ['at the recipient', 'at-rcpt'],
    ['at DATA', 'at-data'],
    ['after the text with an answer that says no', '421-after-data'],
  ])('%s has not taken the mail: it is tried again', async (_, breaks) => {
    const [message] = await messages(1);
    const deps = world.sendingTo(relay.url);
    relay.breaks = breaks;
    await deliverDue(deps);
    expect(await world.stored(message?._id ?? '')).toMatchObject({ status: 'queued', attempts: 1 });
    relay.breaks = 'never';
    world.clock.advance(6_000);
    await deliverDue(deps);
    expect(await world.stored(message?._id ?? '')).toMatchObject({ status: 'sent' });
  });

  it('after the text may have taken the mail: unknown, and never sent again', async () => {
    const [message] = await messages(1);
    const deps = world.sendingTo(relay.url);
    relay.breaks = 'after-data';
    await deliverDue(deps);
    expect(await world.stored(message?._id ?? '')).toMatchObject({ status: 'unknown', error: { code: 'ECONNECTION' } });
    relay.breaks = 'never';
    world.clock.advance(7 * 86_400_000);
    await giveUpLapsed();
    await deliverDue(deps);
    expect(relay.taken).toEqual([message?.messageId]);
    expect(await world.submitted()).toEqual([]);
  });

  it('on a connection that was used before is no different', async () => {
    const deps = world.sendingTo(relay.url, 1);
    await messages(3);
    await deliverDue(deps);
    relay.breaks = 'after-data';
    const [message] = await messages(1);
    await deliverDue(deps);
    expect(await world.stored(message?._id ?? '')).toMatchObject({ status: 'unknown' });
    expect(relay.taken).toHaveLength(4);
  });

  it('is away: everything waits, nothing is lost', async () => {
    const all = await messages(10);
    await relay.close();
    await deliverDue(world.sendingTo(relay.url));
    const stored = await Promise.all(all.map(({ _id }) => world.stored(_id)));
    expect(new Set(stored.map(({ status }) => status))).toEqual(new Set(['queued']));
    relay = await breakingSmtp();
    world.clock.advance(6_000);
    await deliverDue(world.sendingTo(relay.url));
    expect(new Set(relay.taken)).toEqual(new Set(all.map(({ messageId }) => messageId)));
  });
});

describe('several consumers', () => {
  it('never hold the same message', async () => {
    const keys = (await messages(100)).map(({ _id }) => _id);
    // Each reaches for another part of them, and every part has something in common with its neighbours.
    const parts = Array.from({ length: 5 }, (_, n) => [...keys.slice(n * 20), ...keys.slice(0, n * 20)].slice(0, 60));
    const claims = await Promise.all(parts.map((part) => claimMessages(part)));
    const held = claims.flatMap((claim) => claim?.keys ?? []);
    expect(held.length).toBeGreaterThan(0);
    expect(new Set(held).size).toBe(held.length);
    expect(new Set(await claimed())).toEqual(new Set(held));
    await Promise.all(claims.map((claim) => claim && release(claim)));
    expect(await claimed()).toEqual([]);
    expect((await claimMessages(keys))?.keys).toHaveLength(100);
  });

  it('let go of their own claims only', async () => {
    const keys = (await messages(1)).map(({ _id }) => _id);
    const slow = await claimMessages(keys);
    await lapse();
    await giveUpLapsed();
    const next = await claimMessages(keys);
    if (slow) await release(slow);
    expect(next?.keys).toEqual(keys);
    expect(await claimed()).toEqual(keys);
  });

  it('leave alone what somebody else has sent since they looked', async () => {
    const [message] = await messages(1);
    const key = message?._id ?? '';
    await deliverDue(world.sendingTo(relay.url));
    const late = await claimMessages([key]);
    expect(late?.keys).toEqual([key]);
    expect(late && (await readClaimed(late, world.clock.now()))).toEqual([]);
  });

  it('send each mail once between them', async () => {
    const all = await messages(300);
    await Promise.all(Array.from({ length: 4 }, () => deliverDue(world.sendingTo(relay.url))));
    expect(relay.taken).toHaveLength(300);
    expect(new Set(relay.taken)).toEqual(new Set(all.map(({ messageId }) => messageId)));
  });
});

describe('a crash', () => {
  it('between the text and the mark leaves the message unknown, and its neighbours are sent once', async () => {
    // The other process lives in real time.
    const all = await messages(60, { notBefore: new Date() });
    const env = { ...world.environment.env, SMTP_URL: relay.url };
    const killed = new Promise<void>((resolve) => {
      relay.onTaken = () => {
        if (relay.taken.length === 20) resolve();
      };
    });
    const first = await startScript('test/delivery/fixtures/outbox-process.ts', env);
    const ended = once(first, 'exit');
    await killed;
    first.kill('SIGKILL');
    await ended;
    relay.onTaken = () => undefined;
    const inHands = await claimed();
    const cutOff = (await messagesByKey(inHands)).filter(({ status }) => status === 'queued').length;
    expect(cutOff).toBeGreaterThan(0);
    expect(cutOff).toBeLessThanOrEqual(36);
    await lapse();
    const second = await startScript('test/delivery/fixtures/outbox-process.ts', env);
    await eventually(async () => (await Outbox.countDocuments()) === 0);
    second.kill('SIGKILL');
    await once(second, 'exit');
    const stored = await messageViews(await Messages.find().lean());
    expect(new Set(relay.taken).size).toBe(relay.taken.length);
    const sent = stored.filter(({ status }) => status === 'sent');
    expect(sent.length + stored.filter(({ status }) => status === 'unknown').length).toBe(all.length);
    expect(sent.every(({ messageId }) => relay.taken.includes(messageId ?? ''))).toBe(true);
    expect(stored.filter(({ status }) => status === 'unknown')).toHaveLength(cutOff);
  });
});

describe('a crash between two writes', () => {
  it('that left a sent mail its place in the queue does not send it again', async () => {
    const [message] = await messages(1);
    await SentMessages.create({ _id: message?._id, sentAt: new Date(), attempts: 1 });
    await deliverDue(world.sendingTo(relay.url));
    expect(relay.taken).toEqual([]);
    expect(await Outbox.countDocuments()).toBe(0);
    expect(await world.stored(message?._id ?? '')).toMatchObject({ status: 'sent' });
  });

  it('and before its claim was let go makes nothing unknown that is known to be sent', async () => {
    const [first, second] = await messages(2);
    await claimMessages([first?._id ?? '', second?._id ?? '']);
    await SentMessages.create({ _id: first?._id, sentAt: new Date(), attempts: 1 });
    await lapse();
    expect(await giveUpLapsed()).toBe(1);
    expect(await world.stored(first?._id ?? '')).toMatchObject({ status: 'sent' });
    expect(await world.stored(second?._id ?? '')).toMatchObject({ status: 'unknown' });
    expect(await Outbox.countDocuments()).toBe(0);
  });

  it('that cost a message its place in the queue is healed when its effect is tried again', async () => {
    const [message] = await messages(1);
    await Outbox.deleteMany({});
    await enqueued([message?._id ?? '']);
    await deliverDue(world.sendingTo(relay.url));
    expect(relay.taken).toEqual([message?.messageId]);
    await enqueued([message?._id ?? '']);
    await deliverDue(world.sendingTo(relay.url));
    expect(relay.taken).toHaveLength(1);
  });

  it('is believed too early: what a slow process sent after all is no longer unknown', async () => {
    const [message] = await messages(1);
    await claimMessages([message?._id ?? '']);
    await lapse();
    await giveUpLapsed();
    await markSent([{ _id: message?._id ?? '', sentAt: new Date(), attempts: 1 }]);
    expect(await world.stored(message?._id ?? '')).toMatchObject({ status: 'sent' });
    expect(await unsentMessages([message?.contactId ?? ''], 10)).toEqual([]);
  });
});

describe('messages that an earlier version left', () => {
  it('are sent when they wait, and stay what they are when they were sent', async () => {
    const sentAt = new Date(1_000);
    const [waiting] = await messages(1, { status: 'queued' });
    const [sent] = await messages(1, { status: 'sent', sentAt, subject: 'Hello' });
    const [cutOff] = await messages(1, { status: 'queued' });
    const leaseUntil = new Date(Date.now() + 60_000);
    await Claims.collection.insertOne({ _id: 'old', messages: [cutOff?._id], leaseUntil } as object);
    await Promise.all([carryOver(), carryOver()]);
    await deliverDue(world.sendingTo(relay.url));
    expect(relay.taken).toEqual([waiting?.messageId]);
    await lapse();
    await giveUpLapsed();
    expect(await world.stored(cutOff?._id ?? '')).toMatchObject({ status: 'unknown' });
    expect(await world.stored(waiting?._id ?? '')).toMatchObject({ status: 'sent' });
    expect(await world.stored(sent?._id ?? '')).toMatchObject({ status: 'sent', sentAt, subject: 'Hello' });
  });
});

describe('an emptied Redis', () => {
  it('is rebuilt by the sweep', async () => {
    const consumer = await startOutbox(world.sendingTo(relay.url), { sweepMs: 200 });
    const redis = new Redis(world.environment.redisUrl);
    await messages(1);
    await nudge(world.queues.outbox);
    await eventually(() => relay.taken.length === 1);
    const keys = await redis.keys(`${world.environment.redisPrefix}*`);
    await redis.del(...keys);
    await redis.quit();
    await consumer.close();
    await messages(1);
    const next = await startOutbox(world.sendingTo(relay.url), { sweepMs: 200 });
    await eventually(() => relay.taken.length === 2);
    await next.close();
  });
});
