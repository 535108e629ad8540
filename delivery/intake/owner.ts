import type { Crowd } from './crowd.ts';
import type { Person } from './person.ts';
import { ItemProblem } from './problem.ts';

/** The contact that has a ticket or a deal by now. @throws ItemProblem when it was erased */
export function ownerOf({ doc }: { doc: { contactId: string } }, { crowd }: { crowd: Crowd }): Person {
  const person = crowd.byId(doc.contactId);
  if (person === undefined) throw new ItemProblem('NOT_FOUND', `the contact ${doc.contactId} is gone`);
  return person;
}
