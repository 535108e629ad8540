import { arbitrate, type Request } from '../../delivery/arbiter/arbiter.ts';
import { coalesce } from '../../delivery/coalesce.ts';
import { enqueue, enqueued } from '../../delivery/outbox/enqueue.ts';
import { messageIdOf } from '../../delivery/outbox/message-id.ts';
import { nudge } from '../../delivery/queues.ts';
import { emailKey, phoneKey } from '../../engine/contacts/normalise.ts';
import type { ContactView } from '../../engine/model/contact.ts';
import type { EffectOf, SendMessageResult } from '../../engine/model/effects.ts';
import { contactViews } from '../../store/contacts.ts';
import type { MessageDoc } from '../../store/models/message.ts';
import { Users } from '../../store/models/user.ts';
import { again, type EffectDeps, failed, type Outcome, type PerformEffect, performed } from './effect.ts';
import { makeWordFiles } from './word-files.ts';

type SendMessage = EffectOf<'send-message'>;

/** Milliseconds that a batch waits for others, so that priority decides among all who ask at the same moment. */
const gathering = 5;

const decideTogether = coalesce(decideAll, gathering);

/**
 * Asks the arbiter for each message and puts those that may leave into the outbox, under their effect keys: asked again
 * with the same key, it finds the place and the message that are already there.
 */
export const sendMessage: PerformEffect<'send-message'> = async (effects, deps) => {
  return await decideTogether(effects.map((effect) => ({ effect, deps })));
};

interface Asked {
  effect: SendMessage;
  deps: EffectDeps;
}

async function decideAll(asked: Asked[]): Promise<Outcome[]> {
  const [before, contacts, spoiled] = await Promise.all([
    enqueued(asked.map(({ effect }) => effect.key)),
    contactViews([...new Set(asked.map(({ effect }) => effect.item.contactId))]),
    makeWordFiles(asked),
  ]);
  const owners = await ownerAddresses(asked, contacts);
  const prepared = asked.map(({ effect, deps }) => {
    const contact = contacts.get(effect.item.contactId);
    if (before.has(effect.key)) return sent(effect.key);
    return spoiled.get(effect.key) ?? prepare(effect, contact, owners, deps);
  });
  const requests = prepared.filter((one): one is Request => 'item' in one);
  const verdicts = await arbitrate(requests);
  const messages = requests.filter(({ key }) => verdicts.get(key)?.verdict === 'send').map(toMessage);
  await enqueue(messages);
  if (messages.length > 0 && asked[0]) void nudge(asked[0].deps.queues.outbox);
  return prepared.map((one) => ('item' in one ? outcomeOf(one.key, verdicts) : one));
}

/** What the arbiter must know, or the outcome when there is nothing to ask. */
function prepare(
  { key, instance, item }: SendMessage,
  contact: ContactView | undefined,
  owners: ReadonlyMap<string, string | undefined>,
  { policy, now }: EffectDeps,
): Request | Outcome {
  if (!contact) return skipped(key, 'no-contact');
  const request = { key, instance, item, contact, policy, now };
  if (item.to === undefined) return request;
  const address = 'owner' in item.to ? owners.get(contact.owner ?? '') : item.to.address;
  if (!address) return skipped(key, 'no-address');
  const valid = item.channel === 'email' ? emailKey(address) : phoneKey(address);
  if (valid !== null) return { ...request, address: item.channel === 'email' ? address.trim() : valid };
  return failed(
    key,
    'DELIVERY_ADDRESS_INVALID',
    `"${address}" is no address for ${item.channel}: correct "to" of the step`,
  );
}

async function ownerAddresses(
  asked: readonly Asked[],
  contacts: ReadonlyMap<string, ContactView>,
): Promise<Map<string, string | undefined>> {
  const owners = asked.flatMap(({ effect: { item } }) =>
    item.to && 'owner' in item.to ? (contacts.get(item.contactId)?.owner ?? []) : [],
  );
  if (owners.length === 0) return new Map();
  const users = await Users.find({ _id: { $in: owners }, active: true }, { email: 1 }).lean();
  return new Map(users.map(({ _id, email }) => [_id, email]));
}

function toMessage({ key, instance, item, contact, address, policy, now }: Request): MessageDoc {
  return {
    _id: key,
    instance,
    process: item.process,
    step: item.step,
    contactId: contact.id,
    channel: item.channel,
    purpose: item.purpose,
    template: item.template,
    to: address ?? (item.channel === 'email' ? contact.email : contact.phone) ?? '',
    language: contact.language,
    item,
    notBefore: new Date(now),
    attempts: 0,
    messageId: messageIdOf(key, policy.company.from),
    queuedAt: new Date(now),
  };
}

function outcomeOf(key: string, verdicts: Awaited<ReturnType<typeof arbitrate>>): Outcome {
  const verdict = verdicts.get(key);
  if (!verdict) return again(key, 'DELIVERY_UNAVAILABLE', 'too many others send to this contact at this moment');
  if (verdict.verdict === 'send') return sent(key);
  if (verdict.verdict === 'skip') return skipped(key, verdict.reason);
  return answer(key, { verdict: 'deferred', reason: verdict.reason, until: verdict.until });
}

const sent = (key: string) => answer(key, { verdict: 'sent', message: key });
const skipped = (key: string, reason: string) => answer(key, { verdict: 'skipped', reason });
const answer = (key: string, result: SendMessageResult) => performed(key, { ...result });
