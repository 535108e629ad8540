import { createHash } from 'node:crypto';
import type { Clock } from '../../config/clock.ts';
import { newId } from '../../store/id.ts';
import { type MessageView, messagesByKey } from '../../store/messages.ts';
import { Hits } from '../../store/models/hit.ts';
import { Messages } from '../../store/models/message.ts';
import { intakeDoc, intakeItem } from '../intake/items.ts';
import { submitIntake } from '../intake/submit.ts';
import type { Queues } from '../queues.ts';
import { type Past, scannerOf, type Visit } from './scanners.ts';

export interface TrackingDeps {
  clock: Clock;
  queues: Queues;
}

type Seen = Pick<MessageView, '_id' | 'contactId' | 'template' | 'channel' | 'sentAt'>;

/** An opened mail. The first time that a person does it is the event `message.opened`. */
export async function recordOpen(key: string, visit: Visit, deps: TrackingDeps): Promise<void> {
  const message = await find(key);
  if (!message) return;
  const now = deps.clock.now();
  const scanner = scannerOf(visit, { ...sentAt(message), clicks: [] }, deps.clock);
  await Hits.create({ _id: newId(), message: key, kind: 'open', ...hit(visit, scanner), at: new Date(now) });
  if (scanner !== undefined) return;
  await Messages.updateOne({ _id: key, openedAt: { $exists: false } }, { $set: { openedAt: new Date(now) } });
  await submit('message.opened', `${key}/opened`, message, {}, now, deps);
}

/** A followed link: the event `message.clicked` with its `url`, when a person did it; twice within a minute counts once. */
export async function recordClick(key: string, url: string, visit: Visit, deps: TrackingDeps): Promise<void> {
  const message = await find(key);
  if (!message) return;
  const now = deps.clock.now();
  const clicks = await Hits.find({ message: key, kind: 'click' }, { url: 1, at: 1 }).sort({ at: -1 }).limit(50).lean();
  const past: Past = {
    ...sentAt(message),
    clicks: clicks.map((click) => ({ url: click.url ?? '', at: click.at.getTime() })),
  };
  const scanner = scannerOf(visit, past, deps.clock, url);
  await Hits.create({ _id: newId(), message: key, kind: 'click', url, ...hit(visit, scanner), at: new Date(now) });
  if (scanner !== undefined) return;
  await Messages.updateOne({ _id: key, clickedAt: { $exists: false } }, { $set: { clickedAt: new Date(now) } });
  const link = createHash('sha256').update(url).digest('hex').slice(0, 12);
  const minute = Math.floor(deps.clock.toReal(now) / 60_000);
  await submit('message.clicked', `${key}/clicked/${link}/${minute}`, message, { url }, now, deps);
}

async function find(key: string): Promise<Seen | undefined> {
  return (await messagesByKey([key]))[0];
}

async function submit(
  event: string,
  id: string,
  { _id, contactId, template, channel }: Seen,
  more: Record<string, string>,
  now: number,
  { queues }: TrackingDeps,
): Promise<void> {
  const body = { contactId, event, data: { template, channel, ...more }, message: _id, occurredAt: now };
  await submitIntake(queues.intake, [intakeDoc(id, [intakeItem('event', id, body, 'delivery')], now)]);
}

function sentAt(message: Seen): { sentAt?: number } {
  return message.sentAt ? { sentAt: message.sentAt.getTime() } : {};
}

function hit({ agent }: Visit, scanner: string | undefined): { agent: string; scanner?: string } {
  return { agent: agent.slice(0, 300), ...(scanner !== undefined && { scanner }) };
}
