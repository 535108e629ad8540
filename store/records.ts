import { onlyDuplicates } from './duplicates.ts';
import { type ContactRecordDoc, ContactRecords } from './models/record.ts';

/** Puts records on their contacts; what is there already stays as it is. */
export async function keepRecords(records: readonly ContactRecordDoc[]): Promise<void> {
  if (records.length === 0) return;
  try {
    await ContactRecords.insertMany(records, { ordered: false });
  } catch (error) {
    if (!onlyDuplicates(error)) throw error;
  }
}
