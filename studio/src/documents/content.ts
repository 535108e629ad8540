import type { DealCard } from '../api/deals.ts';
import type { DocumentContent, DocumentTemplate, WholeDocument } from '../api/documents.ts';

/** What somebody says of a document that is to be made; the rest comes from the deal. */
export interface Draft {
  template: string;
  language: 'en' | 'ru';
  /** Values of the template's fields, as typed. */
  data: Record<string, string>;
}

/** An empty one, or one with what the document says that it is to take the place of. */
export function draftFor(template: string, deal: DealCard, before?: WholeDocument): Draft {
  const said = Object.entries(dataOf(before)).map(([name, value]) => [name, String(value)]);
  return { template, language: before?.language ?? deal.contact.language, data: Object.fromEntries(said) };
}

function dataOf(document: WholeDocument | undefined): object {
  const { data } = document?.snapshot ?? {};
  return typeof data === 'object' && data !== null ? data : {};
}

/** Lines and currency of the deal as it is now; one without lines is written as a single one of its whole amount. */
export function contentOf(
  { template, language, data }: Draft,
  deal: DealCard,
  fields: DocumentTemplate['fields'],
): DocumentContent {
  const given = Object.entries(data).filter(([name, text]) => name in fields && text.trim() !== '');
  const itemized = deal.items.length > 0;
  const whole = deal.amount === undefined ? [] : [{ name: deal.title, quantity: 1, price: deal.amount }];
  return {
    template,
    language,
    currency: deal.currency,
    // Prices of a deal's lines are without tax; its amount holds it.
    taxIncluded: !itemized,
    items: itemized ? deal.items : whole,
    data: Object.fromEntries(given),
  };
}
