import type { Deal } from '../api/deal-types.ts';

export type Item = Deal['items'][number];

/** A line as it is being written: numbers as they are typed. */
export interface ItemDraft {
  name: string;
  quantity: string | number;
  price: string | number;
  tax: string | number;
}

export const emptyItem: ItemDraft = { name: '', quantity: 1, price: '', tax: '' };

export function draftOf({ name, quantity, price, tax }: Item): ItemDraft {
  return { name, quantity, price, tax: tax ?? '' };
}

/** The line as the API takes it; nothing where it is not complete. */
export function itemOf({ name, quantity, price, tax }: ItemDraft): Item | undefined {
  if (name.trim() === '' || price === '' || Number(quantity) <= 0) return undefined;
  return {
    name: name.trim(),
    quantity: Number(quantity),
    price: Number(price),
    ...(tax !== '' && { tax: Number(tax) }),
  };
}

/** With tax, as the deal's amount counts it. */
export function lineTotal({ quantity, price, tax = 0 }: Omit<Item, 'name'>): number {
  return quantity * price * (1 + tax / 100);
}

/** To the hundredth. */
export function total(items: readonly Item[]): number {
  return Math.round(items.reduce((sum, item) => sum + lineTotal(item), 0) * 100) / 100;
}
