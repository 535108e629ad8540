import type { FailedCondition, Tell } from '../../engine/conditions/evaluate.ts';
import { hash32 } from '../../engine/hash.ts';
import type { Ledger } from './ledger.ts';
import type { Person } from './person.ts';

/** Puts failed conditions of a definition on the contact's record. The same condition has the same id: it is kept once. */
export function noteIn(ledger: Ledger, { doc }: Person, definition: string, at: number): Tell {
  return ({ rule, when, code, message }: FailedCondition) => {
    const _id = `condition-failed/${doc._id}/${definition}/${rule ?? ''}/${hash32(when)}`;
    const detail = { definition, ...(rule !== undefined && { rule }), when, code, message };
    ledger.failures.push({ _id, contactId: doc._id, kind: 'condition-failed', detail, at: new Date(at) });
  };
}
