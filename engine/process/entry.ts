import { evaluate, type Values } from '../conditions/evaluate.ts';
import type { ContactView } from '../model/contact.ts';
import type { EffectError } from '../model/event.ts';
import type { Process } from '../schema/index.ts';
import { durationMs } from '../time/duration.ts';

/** An earlier instance of the process for the same subject. */
export interface PastEntry {
  /** Epoch ms. */
  startedAt: number;
  active: boolean;
  /** '' without `entry.key`. */
  entryKey: string;
}

export type EntryRefusal = 'suppressed' | 'active' | 'never-again' | 'min-interval' | 'max-entries';

/** Whether a subject may enter, by the process's `entry` rules. A refusal is final: it starts nothing later. */
export function mayEnter(
  process: Process,
  past: readonly PastEntry[],
  contact: ContactView,
  entryKey: string,
  now: number,
): { ok: true } | { ok: false; reason: EntryRefusal } {
  const { reentry, suppress, minInterval, maxEntries } = process.entry;
  const refuse = (reason: EntryRefusal) => ({ ok: false as const, reason });
  if (suppress.some((segment) => contact.segments.includes(segment))) return refuse('suppressed');
  const rivals =
    reentry === 'always'
      ? process.entry.key === undefined
        ? []
        : past.filter((one) => one.entryKey === entryKey)
      : past;
  if (rivals.some((one) => one.active)) return refuse('active');
  if (reentry === 'never' && past.length > 0) return refuse('never-again');
  if (maxEntries !== undefined && past.length >= maxEntries) return refuse('max-entries');
  if (minInterval !== undefined && past.length > 0) {
    const latest = Math.max(...past.map((one) => one.startedAt));
    if (now < latest + durationMs(minInterval)) return refuse('min-interval');
  }
  return { ok: true };
}

/** The entry key of a subject: '' where the process names none. */
export function entryKeyOf(
  process: Process,
  values: Values,
): { ok: true; key: string } | { ok: false; error: EffectError } {
  const { key } = process.entry;
  if (key === undefined) return { ok: true, key: '' };
  const result = evaluate(key, values);
  if (!result.ok) return { ok: false, error: { code: result.code, message: result.message } };
  return { ok: true, key: typeof result.value === 'string' ? result.value : JSON.stringify(result.value) };
}
