import type { JsonObject } from '../../../engine/json.ts';
import { isMoneyEvent } from '../../../engine/model/money.ts';
import { moneyById, moneyOf, papersNamed } from '../../../store/money.ts';
import type { Parsed } from '../apply.ts';
import type { Crowd } from '../crowd.ts';
import { MoneyBook } from './book.ts';
import { dealIdIn, idIn, paymentIdOf } from './data.ts';

/** A book with the documents that payments name. Their deals, and those that are named themselves, are for the caller to read. */
export async function beginMoney(items: readonly Parsed[]): Promise<{ book: MoneyBook; dealIds: string[] }> {
  const told = moneyData(items);
  const names = [...new Set(told.flatMap(({ data }) => idIn(data.document) ?? []))];
  const papers = names.length === 0 ? [] : await papersNamed(names);
  const dealIds = [
    ...told.flatMap(({ data }) => dealIdIn(data) ?? []),
    ...papers.flatMap(({ dealId }) => dealId ?? []),
  ];
  return { book: new MoneyBook(papers), dealIds };
}

/** Reads into the book what a batch may change: nothing where no item may change anybody's sums. */
export async function loadMoney(book: MoneyBook, items: readonly Parsed[], { people }: Crowd): Promise<void> {
  const told = moneyData(items);
  if (told.length === 0 && !items.some(mayRecount)) return;
  const ids = people.filter(({ doc }) => doc.money !== undefined).flatMap(({ doc }) => [doc._id, ...doc.mergedFrom]);
  const orderIds = told.flatMap(({ data }) => idIn(data.orderId) ?? []);
  const paymentIds = told.flatMap(({ id, name, data }) => paymentIdOf(name, data, id));
  const [own, named] = await Promise.all([
    moneyOf([...new Set(ids)]),
    moneyById([...new Set(orderIds)], [...new Set(paymentIds)]),
  ]);
  book.hold(own);
  book.hold(named);
}

/** Events of money, by whatever they come. */
function moneyData(items: readonly Parsed[]): { id: string; name: string; data: JsonObject }[] {
  return items.flatMap(({ kind, id, body }) => {
    const name = kind === 'event' ? body.event : kind === 'lead' ? body.form?.event : undefined;
    return name !== undefined && isMoneyEvent(name) && 'data' in body ? [{ id, name, data: body.data }] : [];
  });
}

/** Whether an item may make one contact of two, two of one, or give a deal another currency. */
function mayRecount({ kind, body }: Parsed): boolean {
  if (kind === 'unmerge') return true;
  if (kind === 'deal' && body.do === 'change') return body.set.currency !== undefined;
  return 'email' in body && 'phone' in body && Boolean(body.email) && Boolean(body.phone);
}
