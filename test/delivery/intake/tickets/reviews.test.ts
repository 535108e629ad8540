import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { scaledClock } from '../../../../config/clock.ts';
import { acceptTicketReviews } from '../../../../delivery/intake/tickets/reviews.ts';
import { LiveLibrary } from '../../../../delivery/library.ts';
import { Intake } from '../../../../store/models/intake.ts';
import { Reviews } from '../../../../store/models/review.ts';
import { Schedules } from '../../../../store/models/schedule.ts';
import { saveUser } from '../../../../store/users.ts';
import { intakeBench, publish, start } from '../bench.ts';
import { TicketDesk } from './desk.ts';

let desk: TicketDesk;

beforeAll(async () => {
  desk = new TicketDesk(await intakeBench());
});
afterAll(async () => await desk.bench.close());
beforeEach(async () => {
  await desk.clear();
  await Promise.all([Reviews.collection.deleteMany({}), Schedules.collection.deleteMany({})]);
  await look();
});

let now = start;

async function look(): Promise<void> {
  now += 60_000;
  const clock = scaledClock({ real: 0, virtual: now, scale: 1 }, () => 0);
  await acceptTicketReviews({ clock, library: new LiveLibrary() });
  await desk.bench.consumer().drain();
}

async function reviews(ticketId: string): Promise<number> {
  return (await desk.names(ticketId)).filter((name) => name === 'ticket.reviewed').length;
}

const calendar = {
  kind: 'calendar',
  key: 'office',
  name: 'Office',
  timezone: 'UTC',
  hours: { mon: [{ from: '09:00', to: '18:00' }] },
};

describe('a look at all open tickets', () => {
  it('is taken once after a publication and once after a change of people, and reopens nothing', async () => {
    const open = await desk.opens();
    const resolved = await desk.opens();
    await desk.does({ do: 'change', ticketId: resolved._id, by: 'user:anna', set: { status: 'resolved' } });
    const closed = await desk.opens();
    await desk.does({ do: 'change', ticketId: closed._id, by: 'user:anna', set: { status: 'closed' } });
    await look();
    expect(await reviews(open._id)).toBe(0);
    await publish(calendar);
    await look();
    await look();
    expect(await reviews(open._id)).toBe(1);
    expect(await reviews(resolved._id)).toBe(1);
    expect(await desk.ticket(resolved._id)).toMatchObject({ status: 'resolved', reopened: 0 });
    expect(await reviews(closed._id)).toBe(0);
    const absences = [{ from: new Date(start), until: new Date(start + 1000) }];
    await saveUser({ _id: 'anna', name: 'anna', role: 'agent', language: 'en', active: true, absences });
    await look();
    await look();
    expect(await reviews(open._id)).toBe(2);
  });

  it('goes on after a crash with what is missing, and looks at nothing twice', async () => {
    const tickets = [await desk.opens(), await desk.opens()];
    await publish(calendar);
    await look();
    // As if the process had died before it marked the run, with one page lost.
    const done = await Reviews.findById('tickets').lean();
    await Reviews.updateOne({ _id: 'tickets' }, { $set: { run: now } });
    await Intake.deleteOne({ _id: /^ticket-review\// });
    await look();
    for (const { _id } of tickets) expect(await reviews(_id)).toBe(1);
    expect(await Reviews.findById('tickets').lean()).toEqual(done);
    expect(desk.bench.errors).toEqual([]);
  });

  it('is not missed when something changes while one is under way', async () => {
    const { _id } = await desk.opens();
    await publish(calendar);
    await look();
    await Reviews.updateOne({ _id: 'tickets' }, { $set: { run: now } });
    await publish({ ...calendar, name: 'Another' });
    await look();
    expect(await reviews(_id)).toBe(1);
    await look();
    expect(await reviews(_id)).toBe(2);
  });
});
