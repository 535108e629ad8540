import type { z } from 'zod';
import type { DomainEvent } from '../../../engine/model/event.ts';
import type { MoneyEvent } from '../../../engine/model/money.ts';
import { fromWhole, toWhole } from '../../../engine/money/amount.ts';
import type { OrderDoc } from '../../../store/models/order.ts';
import type { MoneyProblem, PaymentDoc } from '../../../store/models/payment.ts';
import type { Person } from '../person.ts';
import { type Aim, aimOf, type MoneyDesk } from './aim.ts';
import { type MoneyData, moneySchemas, paymentIdOf, readMoney } from './data.ts';

/** Why what was told does not count as its sender wanted it to, or not at all. */
export interface Refused extends MoneyProblem {
  booked: boolean;
}

/** What was told of money, by whom and when. */
interface Told<E extends MoneyEvent> {
  person: Person;
  event: DomainEvent;
  data: MoneyData[E];
}

/** Enters what an event says of an order or a payment. */
export function takeMoney(
  name: MoneyEvent,
  { person, event }: Omit<Told<MoneyEvent>, 'data'>,
  desk: MoneyDesk,
): Refused | null {
  const read = <T>(schema: z.ZodType<T>, take: (data: T) => Refused | null): Refused | null => {
    const read = readMoney(schema, event.data);
    return read.ok ? take(read.data) : { booked: false, code: 'MONEY_INVALID', message: read.message };
  };
  switch (name) {
    case 'order.placed':
      return read(moneySchemas[name], (data) => place({ person, event, data }, desk));
    case 'order.cancelled':
      return read(moneySchemas[name], (data) => cancel({ person, event, data }, desk));
    case 'payment.received':
    case 'payment.refunded':
      return read<MoneyData[typeof name]>(moneySchemas[name], (data) => pay(name, { person, event, data }, desk));
  }
}

function place({ person, event, data }: Told<'order.placed'>, desk: MoneyDesk): Refused | null {
  const { crowd, money, library } = desk;
  const id = data.orderId ?? event.id;
  const known = money.orders.byId(id);
  if (known !== undefined && crowd.byId(known.doc.contactId) !== person) return takenOrder(id);
  const aim = aimOf(data, person, desk);
  const currency = data.currency ?? library.policy.company.currency;
  const amount = rounded(data.amount, currency);
  if (known?.doc.placedAt !== undefined) {
    if (known.doc.amount !== amount || known.doc.currency !== currency) return takenOrder(id);
    money.orders.touch(known);
    if (aim.dealId !== undefined) known.doc.dealId ??= aim.dealId;
    return entered(aim);
  }
  const placed: OrderDoc = {
    _id: id,
    contactId: person.doc._id,
    amount,
    currency,
    ...(data.items && { items: data.items }),
    ...(aim.dealId !== undefined && { dealId: aim.dealId }),
    placedAt: new Date(event.occurredAt),
    updatedAt: new Date(event.occurredAt),
  };
  if (known === undefined) money.orders.add(placed);
  else {
    money.orders.touch(known);
    Object.assign(known.doc, placed, { contactId: known.doc.contactId });
  }
  return entered(aim);
}

/** Its cancellation may be known before the order. */
function cancel({ person, event, data }: Told<'order.cancelled'>, desk: MoneyDesk): Refused | null {
  const { crowd, money, library } = desk;
  const known = money.orders.byId(data.orderId);
  const at = new Date(event.occurredAt);
  if (known === undefined) {
    const { currency } = library.policy.company;
    money.orders.add({ _id: data.orderId, contactId: person.doc._id, currency, cancelledAt: at, updatedAt: at });
    return null;
  }
  if (crowd.byId(known.doc.contactId) !== person) return takenOrder(data.orderId);
  money.orders.touch(known);
  known.doc.cancelledAt ??= at;
  return null;
}

function takenOrder(id: string): Refused {
  return {
    booked: false,
    code: 'ORDER_CONFLICT',
    message: `orderId: ${id} is another order, of another contact or amount`,
  };
}

function pay(
  name: 'payment.received' | 'payment.refunded',
  { person, event, data }: Told<'payment.received' | 'payment.refunded'>,
  desk: MoneyDesk,
): Refused | null {
  const { crowd, money, deals, library } = desk;
  const kind = name === 'payment.received' ? 'payment' : 'refund';
  const id = paymentIdOf(name, event.data, event.id);
  const known = money.payments.byId(id);
  const aim = aimOf(data, person, desk);
  const of = kind === 'refund' && data.paymentId !== undefined ? money.payments.byId(data.paymentId) : undefined;
  const deal = aim.dealId === undefined ? undefined : deals.byId(aim.dealId);
  const order = data.orderId === undefined ? undefined : money.orders.byId(data.orderId);
  const currency =
    data.currency ??
    of?.doc.currency ??
    deal?.doc.currency ??
    (order?.doc.placedAt && order.doc.currency) ??
    known?.doc.currency ??
    library.policy.company.currency;
  const payment: PaymentDoc = {
    _id: id,
    kind,
    contactId: person.doc._id,
    amount: rounded(data.amount, currency),
    currency,
    at: new Date(event.occurredAt),
    ...(data.orderId !== undefined && { orderId: data.orderId }),
    ...(aim.dealId !== undefined && { dealId: aim.dealId }),
    ...(kind === 'refund' && data.paymentId !== undefined && { paymentId: data.paymentId }),
    ...(aim.document !== undefined && { document: aim.document }),
    ...(aim.problem && { problem: aim.problem }),
    updatedAt: new Date(event.occurredAt),
  };
  if (known === undefined) {
    money.payments.add(payment);
    return entered(aim);
  }
  const { doc } = known;
  if (crowd.byId(doc.contactId) !== person || doc.amount !== payment.amount || doc.currency !== currency) {
    return {
      booked: false,
      code: 'PAYMENT_CONFLICT',
      message: `${id} is another payment, of another contact or amount`,
    };
  }
  money.payments.touch(known);
  complete(doc, payment);
  return entered(aim);
}

function entered({ problem }: Aim): Refused | null {
  return problem === undefined ? null : { ...problem, booked: true };
}

/** What comes again under its id may say what it is for, and nothing else. */
function complete(doc: PaymentDoc, { problem, ...said }: PaymentDoc): void {
  for (const name of ['orderId', 'dealId', 'paymentId', 'document'] as const) {
    const value = said[name];
    if (value !== undefined) doc[name] ??= value;
  }
  if (doc.problem?.code === 'PAYMENT_ASTRAY' && said.dealId !== undefined && problem === undefined) delete doc.problem;
}

function rounded(amount: number, currency: string): number {
  return fromWhole(toWhole(amount, currency), currency);
}
