import { expect } from 'vitest';
import { messageViews } from '../../store/messages.ts';
import { Claims } from '../../store/models/claim.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Instances } from '../../store/models/instance.ts';
import { ScoreEntries } from '../../store/models/ledger.ts';
import { Messages } from '../../store/models/message.ts';
import { Outbox } from '../../store/models/outbox.ts';
import { Tasks } from '../../store/models/task.ts';
import { eventually } from '../support/poll.ts';
import type { SmtpSink } from '../support/smtp-sink.ts';

/** Journeys that use every way in which something can be lost or done twice: effects of each kind, timers, an event that comes early. */
export const journey = {
  kind: 'process',
  key: 'crash-proof',
  name: 'Crash proof',
  triggers: [{ on: 'event', event: 'lead.created' }],
  entry: { reentry: 'never' },
  exits: [{ event: 'order.cancelled', outcome: 'cancelled' }],
  settings: { purpose: 'transactional' },
  steps: [
    { id: 'mark', type: 'update-record', set: { 'attributes.marked': true } },
    { id: 'welcome', type: 'send-message', channel: 'email', template: 'welcome' },
    { id: 'breathe', type: 'wait', for: 'PT5S' },
    { id: 'points', type: 'adjust-score', points: 5, reason: 'still here' },
    {
      id: 'paid',
      type: 'wait-for-event',
      event: 'order.paid',
      since: 'entry',
      within: 'PT1H',
      next: { received: 'ship', timeout: 'late' },
    },
    { id: 'late', type: 'end', outcome: 'late' },
    { id: 'ship', type: 'create-task', title: 'Ship', assignee: { role: 'sales' } },
    { id: 'pack', type: 'wait', for: 'PT5S' },
    { id: 'won', type: 'end', outcome: 'paid' },
  ],
};

/** Every second contact pays; the others cancel. */
const pays = (n: number) => n % 2 === 0;
const email = (n: number) => `person-${n}@example.com`;

export const lead = (n: number) => ({ email: email(n), firstName: `Person ${n}` });
export const order = (n: number) => ({ email: email(n), event: pays(n) ? 'order.paid' : 'order.cancelled' });

/** Waits until that many journeys have ended and their mails are delivered. @param log what to show when they stall */
export async function untilAllEnded(journeys: number, log: () => string): Promise<void> {
  const ended = async () => (await Instances.countDocuments({ status: 'ended' })) === journeys;
  await eventually(ended, { within: 5 * 60_000, every: 500 }).catch(async (cause: unknown) => {
    const stuck = await Instances.find({ status: { $ne: 'ended' } })
      .limit(3)
      .lean();
    throw new Error(`stuck: ${JSON.stringify(stuck, null, 1)}\n${log().slice(-4_000)}`, { cause });
  });
  await eventually(delivered, { within: 2 * 60_000 });
}

/** Whether no mail is on its way. What a killed worker was sending counts as `unknown` after five minutes; here after 20 seconds. */
async function delivered(): Promise<boolean> {
  const claimedLongAgo = new Date(Date.now() + 280_000);
  await Claims.updateMany({ leaseUntil: { $lt: claimedLongAgo } }, { $set: { leaseUntil: new Date(0) } });
  return (await Outbox.countDocuments()) === 0;
}

/** Every journey came to the end that it would have come to undisturbed, and nothing was lost or done twice. */
export async function expectEndsAsUndisturbed(journeys: number, smtp: SmtpSink): Promise<void> {
  const payers = Array.from({ length: journeys }, (_, n) => n).filter(pays);
  expect(await Contacts.countDocuments()).toBe(journeys);
  const instances = await Instances.find().lean();
  expect(instances.flatMap(({ incidents }) => incidents)).toEqual([]);
  const outcomes = instances.map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === 'paid')).toHaveLength(payers.length);
  expect(outcomes.filter((outcome) => outcome === 'cancelled')).toHaveLength(journeys - payers.length);
  expect(await Tasks.countDocuments()).toBe(payers.length);
  const rewarded = await ScoreEntries.find({ reason: 'still here' }).lean();
  expect(new Set(rewarded.map(({ contactId }) => contactId)).size).toBe(rewarded.length);
  expect(rewarded.length).toBeGreaterThanOrEqual(payers.length);

  const arrived = smtp.mails.map(({ to }) => to[0]);
  expect(arrived).toHaveLength(new Set(arrived).size);
  const messages = await messageViews(await Messages.find().lean());
  expect(messages.length).toBeGreaterThanOrEqual(payers.length);
  const unsure = messages.filter(({ status }) => status === 'unknown').map(({ to }) => to);
  expect(messages.filter(({ status }) => status !== 'sent' && status !== 'unknown')).toEqual([]);
  const missing = messages.map(({ to }) => to).filter((to) => !arrived.includes(to) && !unsure.includes(to));
  expect(missing).toEqual([]);
}
