import { isObject, type JsonObject } from '../../../engine/json.ts';
import type { TimelineRow } from '../api/types.ts';
import { contactName } from './name.ts';

/** A merge that may be undone: the contact that went, and what it was called. */
export interface Merge {
  absorbed: string;
  name: string;
}

/**
 * The merges into a contact that stand, by the rows of its timeline that tell of them. One into somebody who was merged into this
 * contact later is left out: it can be undone once that one is back.
 * @param rows latest first
 */
export function standingMerges(rows: readonly TimelineRow[], contactId: string): Map<TimelineRow, Merge> {
  const standing = new Map<TimelineRow, Merge>();
  const told = new Set<string>();
  for (const row of rows) {
    const { absorbed, kept, before } = row.detail;
    if (row.type !== 'record' || typeof absorbed !== 'string' || told.has(absorbed)) continue;
    told.add(absorbed);
    // Earlier releases did not keep the survivor as it was: these merges cannot be undone.
    if (row.title !== 'merge' || !isObject(kept) || kept.id !== contactId || !isObject(before)) continue;
    standing.set(row, { absorbed, name: nameOf(absorbed, before) });
  }
  return standing;
}

function nameOf(id: string, before: JsonObject): string {
  const text = (field: string) => (typeof before[field] === 'string' ? before[field] : '');
  return contactName({
    id,
    firstName: text('firstName'),
    lastName: text('lastName'),
    email: text('email'),
    phone: text('phone'),
  });
}
