import type { FieldChange } from '../../engine/changes.ts';
import { follows, type Happening } from './happening.ts';
import type { Ledger } from './ledger.ts';
import type { Resolved } from './resolve.ts';

/** What is told about the contact itself before the item's own event. */
export function arrival({ created, changes, merge }: Resolved, ledger: Ledger): Happening[] {
  if (created) return [follows('contact.created', {})];
  if (merge) ledger.records.push(merge);
  return [
    ...(merge ? [follows('contact.merged', { merged: merge.detail.absorbed ?? null })] : []),
    ...(changes.length > 0 ? [follows('contact.changed', changed(changes))] : []),
  ];
}

/** Data of a `*.changed` event. */
export function changed(changes: readonly FieldChange[]): {
  changes: { field: string; from: FieldChange['from']; to: FieldChange['to'] }[];
} {
  return { changes: changes.map(({ field, from, to }) => ({ field, from, to })) };
}
