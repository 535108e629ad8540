import type { FailedCondition, Tell } from '../../engine/conditions/evaluate.ts';
import { hash32 } from '../../engine/hash.ts';
import type { ContactRecordDoc } from '../../store/models/record.ts';
import type { Ledger } from './ledger.ts';
import type { Person } from './person.ts';

/** Puts failed conditions of a definition on the contact's record. */
export function noteIn(ledger: Ledger, { doc }: Person, definition: string, at: number): Tell {
  return tellInto(ledger.failures, doc._id, definition, at);
}

/** Collects failed conditions of a definition as records of a contact. The same condition has the same id: it is kept once. */
export function tellInto(records: ContactRecordDoc[], contactId: string, definition: string, at: number): Tell {
  return ({ rule, when, code, message }: FailedCondition) => {
    const _id = `condition-failed/${contactId}/${definition}/${rule ?? ''}/${hash32(when)}`;
    const detail = { definition, ...(rule !== undefined && { rule }), when, code, message };
    records.push({ _id, contactId, kind: 'condition-failed', detail, at: new Date(at) });
  };
}
