import type { OrderDoc } from '../../../store/models/order.ts';
import type { PaymentDoc } from '../../../store/models/payment.ts';
import type { MoneyDocs, Paper } from '../../../store/money.ts';
import type { Crowd } from '../crowd.ts';
import { type Filed, Filing } from '../filing.ts';
import type { Person } from '../person.ts';

/** The orders and payments of one batch: all of each of its people, where an item may change their sums. */
export class MoneyBook {
  readonly orders = new Filing<OrderDoc>();
  readonly payments = new Filing<PaymentDoc>();
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

  of(person: Person, crowd: Crowd): { orders: Filed<OrderDoc>[]; payments: Filed<PaymentDoc>[] } {
    const own = ({ doc }: Filed<{ contactId: string }>) => crowd.byId(doc.contactId) === person;
    return { orders: this.orders.files.filter(own), payments: this.payments.files.filter(own) };
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
