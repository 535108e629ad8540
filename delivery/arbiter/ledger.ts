import type { SentRecord } from '../../engine/policy/gate.ts';
import type { ContactPolicy } from '../../engine/schema/contact-policy.ts';
import { durationMs } from '../../engine/time/duration.ts';
import { onlyDuplicates } from '../../store/duplicates.ts';
import { type SendLedgerDoc, SendLedgers } from '../../store/models/ledger.ts';

/** What each contact was sent lately. A contact without a ledger has an empty one of revision 0. */
export async function readLedgers(contactIds: readonly string[]): Promise<Map<string, SendLedgerDoc>> {
  const found = await SendLedgers.find({ _id: { $in: contactIds } }).lean();
  const ledgers = new Map(contactIds.map((id): [string, SendLedgerDoc] => [id, { _id: id, rev: 0, sent: [] }]));
  for (const ledger of found) ledgers.set(ledger._id, ledger);
  return ledgers;
}

/**
 * Writes ledgers that were read at their `rev`, each only if nobody else wrote it since: of two who want the last place
 * one must read again.
 * @returns ids of those that were written
 */
export async function replaceLedgers(ledgers: readonly SendLedgerDoc[]): Promise<Set<string>> {
  const writes = ledgers.map(({ _id, rev, sent }) => ({
    updateOne: { filter: { _id, rev }, update: { $set: { rev: rev + 1, sent } }, upsert: rev === 0 },
  }));
  try {
    const result = await SendLedgers.bulkWrite(writes, { ordered: false });
    if (result.matchedCount + result.upsertedCount === ledgers.length) return new Set(ledgers.map(({ _id }) => _id));
  } catch (error) {
    // An upsert that found the ledger already made has lost the race.
    if (!onlyDuplicates(error)) throw error;
  }
  const stored = await readLedgers(ledgers.map(({ _id }) => _id));
  const written = ledgers.filter(({ _id, rev, sent }) => {
    const now = stored.get(_id);
    // Somebody may have written after us, but never without our records.
    return now !== undefined && now.rev > rev && sent.every(({ key }) => now.sent.some((record) => record.key === key));
  });
  return new Set(written.map(({ _id }) => _id));
}

/** Only what a cap can still count, and a day more, so that a retried effect finds its place. */
export function prune(sent: readonly SentRecord[], policy: ContactPolicy, now: number): SentRecord[] {
  const longest = Math.max(durationMs('P1D'), ...policy.caps.map(({ per }) => durationMs(per)));
  return sent.filter(({ at }) => at > now - longest);
}
