import type { ContactView } from '../../engine/model/contact.ts';
import type { SendMessageItem } from '../../engine/model/effects.ts';
import { gate, type SentRecord, type Verdict } from '../../engine/policy/gate.ts';
import type { ContactPolicy } from '../../engine/schema/contact-policy.ts';
import type { SendLedgerDoc } from '../../store/models/ledger.ts';
import { prune, readLedgers, replaceLedgers } from './ledger.ts';

/** Somebody wants to send a message now. */
export interface Request {
  key: string;
  instance: string;
  item: SendMessageItem;
  contact: ContactView;
  /** The address when it is not the contact's own. */
  address?: string;
  policy: ContactPolicy;
  /** Virtual epoch ms. */
  now: number;
}

/**
 * The one arbiter of all processes: asks the gate for each request in the order of priority, then of arrival, and takes
 * the places under the caps in the contacts' ledgers. Requests of one contact that other processes of this installation
 * decide at the same moment are seen, because a ledger is only written at the revision that was read.
 * @param requests in the order of their arrival
 * @returns verdicts by key; a key that is missing lost every race and may ask again
 */
export async function arbitrate(requests: readonly Request[]): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  let open = [...requests].sort((a, b) => b.item.priority - a.item.priority);
  for (let round = 0; open.length > 0 && round < maxRounds; round++) {
    const ledgers = await readLedgers([...new Set(open.map(({ contact }) => contact.id))]);
    const decided = open.map((request) => decide(request, ledgers));
    const taken = decided.filter(({ place }) => place).map(({ request }) => request.contact.id);
    const changed = [...new Set(taken)].flatMap((id) => ledgers.get(id) ?? []);
    const written = changed.length > 0 ? await replaceLedgers(changed) : new Set<string>();
    const lost = new Set(taken.filter((id) => !written.has(id)));
    for (const { request, verdict } of decided) {
      if (!lost.has(request.contact.id)) verdicts.set(request.key, verdict);
    }
    open = open.filter(({ contact }) => lost.has(contact.id));
  }
  return verdicts;
}

/** Each round somebody wins, so only a contact that more processes than this fight over has losers left. */
const maxRounds = 20;

interface Decision {
  request: Request;
  verdict: Verdict;
  /** The record that takes the place; absent when nothing is sent, or the place was taken by an earlier attempt. */
  place?: SentRecord;
}

/** Decides one request, and puts its place into the ledger at hand, where the next request sees it. */
function decide(request: Request, ledgers: Map<string, SendLedgerDoc>): Decision {
  const { key, item, contact, address, policy, now } = request;
  const ledger = ledgers.get(contact.id) ?? { _id: contact.id, rev: 0, sent: [] };
  const { channel, purpose, timezone, sendWindow, onCap, deferUntil } = item;
  const verdict = gate(
    { key, channel, purpose, at: now, timezone, sendWindow, onCap, deferUntil, address },
    contact,
    policy,
    ledger.sent,
  );
  if (verdict.verdict !== 'send' || ledger.sent.some((record) => record.key === key)) return { request, verdict };
  const place = { key, at: now, channel, purpose };
  ledgers.set(contact.id, { ...ledger, sent: [...prune(ledger.sent, policy, now), place] });
  return { request, verdict, place };
}
