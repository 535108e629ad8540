import { insertOnce } from './duplicates.ts';
import { type ContactRecordDoc, ContactRecords } from './models/record.ts';

/** Puts records on their contacts; what is there already stays as it is. */
export async function keepRecords(records: readonly ContactRecordDoc[]): Promise<void> {
  await insertOnce<ContactRecordDoc>(ContactRecords, records);
}
