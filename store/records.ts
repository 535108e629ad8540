import { onceEach } from './duplicates.ts';
import { type ContactRecordDoc, ContactRecords } from './models/record.ts';

/** Puts records on their contacts; what is there already stays as it is. */
export async function keepRecords(records: readonly ContactRecordDoc[]): Promise<void> {
  if (records.length === 0) return;
  await onceEach(() => ContactRecords.insertMany(records, { ordered: false }));
}
