import type { CatalogueEntry } from '../entry.ts';

/** What is wrong with an order or a payment. Its event is kept all the same. */
export const moneyCodes = {
  MONEY_INVALID: {
    status: 422,
    title: 'The order or payment cannot be read',
    cure: 'Send the event again with the field that the message names put right.',
  },
  ORDER_CONFLICT: {
    status: 409,
    title: 'Another order has this id',
    cure: 'Give each order an id of its own; to change one, cancel it and place another.',
  },
  PAYMENT_CONFLICT: {
    status: 409,
    title: 'Another payment has this id',
    cure: 'Give each payment an id of its own; to correct one, refund it and send another.',
  },
  PAYMENT_ASTRAY: {
    status: 409,
    title: 'The payment names no deal of its contact',
    cure: 'Send it again under the same id with the deal or the document that it is for.',
  },
  PAYMENT_CURRENCY: {
    status: 409,
    title: "The payment is not in the deal's currency",
    cure: "Change the deal's currency, or refund the payment and send it in the deal's currency.",
  },
  REFUND_EXCESSIVE: {
    status: 409,
    title: 'More is given back than was paid',
    cure: 'Send the payment that is given back, or refund no more than what is left of it; then the refund counts by itself.',
  },
} satisfies Record<string, CatalogueEntry>;
