import type { DealDoc } from '../../../store/models/deal.ts';
import type { Crowd } from '../crowd.ts';
import { type Filed, NumberedFiling } from '../filing.ts';
import type { Person } from '../person.ts';

export type DealFile = Filed<DealDoc>;

/** What is read for a book. */
export interface BookContents {
  deals: readonly DealDoc[];
  /** The last number that was given. */
  lastNumber: number;
  /** Roles of the active users, by key. */
  roles: ReadonlyMap<string, string>;
}

/** The deals of one batch. */
export class DealBook extends NumberedFiling<DealDoc> {
  readonly roles: ReadonlyMap<string, string>;

  constructor({ deals, lastNumber, roles }: BookContents) {
    super(lastNumber);
    this.roles = roles;
    this.hold(deals);
  }

  /** Open deals of a contact, the oldest first. */
  openOf(person: Person, crowd: Crowd): DealFile[] {
    return this.files
      .filter(({ doc }) => doc.status === 'open' && crowd.byId(doc.contactId) === person)
      .sort((a, b) => a.doc.number - b.doc.number);
  }
}
