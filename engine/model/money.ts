/** Sums in one currency, in its main unit. */
export type CurrencySums = {
  /** ISO 4217. */
  currency: string;
  /** How many orders there are, without cancelled ones, and their sum. */
  orders: number;
  ordered: number;
  /** What was paid, less what was given back. */
  paid: number;
};

/** What a contact has ordered and paid, in the company's currency: `contact.money` in conditions. */
export type ContactMoney = CurrencySums & {
  /** Average check: `ordered` by `orders`; 0 without orders. */
  average: number;
  /** Epoch ms of the orders that were not cancelled. */
  firstOrderAt?: number;
  lastOrderAt?: number;
  /** Other currencies are listed, not added. */
  other: CurrencySums[];
};

/**
 * The events of orders and payments, as a shop or the accounting sends them. Their data:
 *
 * | event | data |
 * |---|---|
 * | order.placed | `orderId`, `amount` (or `total`), `currency`, `items`, `dealId` |
 * | order.cancelled | `orderId` |
 * | payment.received | `amount`, `currency`, `paymentId` (default: the event's id), and what it is for: `dealId`, `document` (id or number), `orderId` |
 * | payment.refunded | `amount`, `currency`, `refundId` (default: the event's id), and what is given back: `paymentId`, `orderId`, `dealId` |
 *
 * What cannot be booked stays in the history and is told by `money.problem` {event, name, code, message, booked}.
 */
export const moneyEvents = ['order.placed', 'order.cancelled', 'payment.received', 'payment.refunded'] as const;
export type MoneyEvent = (typeof moneyEvents)[number];

export function isMoneyEvent(name: string): name is MoneyEvent {
  return moneyEvents.some((one) => one === name);
}

/** Of somebody of whom nothing is known. */
export const noMoney: Omit<ContactMoney, 'currency'> = { orders: 0, ordered: 0, paid: 0, average: 0, other: [] };
