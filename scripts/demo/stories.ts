/** Something that a visitor does: an event of the shop, this many real seconds after the form. */
export interface Act {
  after: number;
  event: string;
  data: Record<string, string | number>;
  /** What is said about it. */
  says: string;
}

/** What the shop tells of a cart; the reminders lead back to it. */
function cart(cartId: string, total: number): Act['data'] {
  return { cartId, total, cartUrl: `https://shop.example.com/cart/${cartId}` };
}

/** What visitors do after they have filled in the form; each is told about once with another number of the order. */
export const stories: readonly ((order: string) => readonly Act[])[] = [
  (order): Act[] => [
    { after: 1, event: 'page.viewed', data: { path: '/catalogue/lamps' }, says: 'looks at lamps' },
    { after: 3, event: 'cart.abandoned', data: cart(order, 5_400), says: 'leaves a cart of 5,400' },
    { after: 20, event: 'order.placed', data: { orderId: order, total: 5_400 }, says: 'orders after all' },
  ],
  (): Act[] => [
    { after: 1, event: 'page.viewed', data: { path: '/prices' }, says: 'looks at the prices' },
    { after: 2, event: 'page.viewed', data: { path: '/prices/wholesale' }, says: 'looks at wholesale prices' },
    { after: 3, event: 'file.downloaded', data: { file: 'catalogue.pdf' }, says: 'downloads the catalogue' },
    { after: 5, event: 'callback.requested', data: { topic: 'wholesale' }, says: 'asks to be called back' },
  ],
  (order): Act[] => [{ after: 2, event: 'cart.abandoned', data: cart(order, 12_900), says: 'leaves a cart of 12,900' }],
  (order): Act[] => [
    { after: 2, event: 'order.placed', data: { orderId: order, total: 2_150 }, says: 'orders at once' },
    { after: 12, event: 'page.viewed', data: { path: '/catalogue/bulbs' }, says: 'comes back for bulbs' },
  ],
];
