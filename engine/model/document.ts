import type { JsonObject } from '../json.ts';
import type { Language } from './contact.ts';

/** What a document can be had as; `docx` where its template has a Word version. */
export const documentFormats = ['pdf', 'docx'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** One line of a document. */
export interface DocumentItem {
  name: string;
  /** At most three decimals. */
  quantity: number;
  unit?: string | undefined;
  /** Of one unit, in the currency's main unit. */
  price: number;
  /** Rate in per cent; absent: not taxed. */
  tax?: number | undefined;
}

/** Everything that a document is made of, beside its template: the same snapshot gives the same bytes. */
export interface DocumentSnapshot {
  language: Language;
  /** Absent in a preview. */
  number?: string;
  /** When it was made: virtual epoch ms. Its day is that of `zone`. */
  at: number;
  zone: string;
  /** ISO 4217. */
  currency: string;
  /** Prices hold the tax already. */
  taxIncluded: boolean;
  items: readonly DocumentItem[];
  contact: JsonObject;
  deal?: JsonObject;
  company: JsonObject;
  /** Values of the fields that the template declares. */
  data: JsonObject;
  /** Number of the document that this one replaces. */
  supersedes?: string;
}
