import type { OrderDoc } from '../../../store/models/order.ts';
import type { PaymentDoc } from '../../../store/models/payment.ts';
import type { MoneyDocs, Paper } from '../../../store/money.ts';
import type { Crowd } from '../crowd.ts';
import { type Filed, Filing } from '../filing.ts';
import type { Person } from '../person.ts';

/** Orders, or payments, that are found by whose they are: a batch has those of hundreds of contacts. */
class Owned<D extends { _id: string; contactId: string; updatedAt: Date }> extends Filing<D> {
  /** By the ids under which a file ever was in this batch; what has moved or was undone is passed over. */
  readonly #byContact = new Map<string, Set<Filed<D>>>();

  protected override keep(file: Filed<D>): void {
    super.keep(file);
    this.#list(file);
  }

  /** Gives a file to another contact id of the same person. */
  give(file: Filed<D>, contactId: string): void {
    this.touch(file);
    file.doc.contactId = contactId;
    this.#list(file);
  }

  of(person: Person, crowd: Crowd): Filed<D>[] {
    const ids = [person.doc._id, ...person.doc.mergedFrom];
    const found = new Set(ids.flatMap((id) => [...(this.#byContact.get(id) ?? [])]));
    return [...found].filter((file) => crowd.byId(file.doc.contactId) === person && this.byId(file.doc._id) === file);
  }

  #list(file: Filed<D>): void {
    const { contactId } = file.doc;
    const known = this.#byContact.get(contactId) ?? new Set();
    this.#byContact.set(contactId, known.add(file));
  }
}

/** The orders and payments of one batch: all of each of its people, where an item may change their sums. */
export class MoneyBook {
  readonly orders = new Owned<OrderDoc>();
  readonly payments = new Owned<PaymentDoc>();
  readonly #papers = new Map<string, Paper>();

  constructor(papers: readonly Paper[] = []) {
    for (const paper of papers) for (const name of [paper._id, paper.number]) this.#papers.set(name, paper);
  }

  /** Takes in what was read, each once. */
  hold({ orders, payments }: MoneyDocs): void {
    this.orders.hold(orders.filter(({ _id }) => this.orders.byId(_id) === undefined));
    this.payments.hold(payments.filter(({ _id }) => this.payments.byId(_id) === undefined));
  }

  /** A document by its number or id. */
  paper(name: string): Paper | undefined {
    return this.#papers.get(name);
  }

  get papers(): Paper[] {
    return [...this.#papers.values()];
  }

  /** Deals that are paid. */
  get dealIds(): string[] {
    return [...this.orders.files, ...this.payments.files].flatMap(({ doc }) => doc.dealId ?? []);
  }

  /** Runs `work`; when it throws, everything is as before, and the error goes on. */
  attempt(work: () => void): void {
    this.orders.attempt(() => this.payments.attempt(work));
  }
}
