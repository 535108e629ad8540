import { z } from 'zod';
import { identifier, key, language } from '../schema/common.ts';
import { currencyDigits, quantityDigits, toUnits } from './money.ts';

/** Most lines of a document: some 300 pages. */
export const maxItems = 10_000;
const largest = 1e12;

const decimals = (digits: number) => (value: number) => toUnits(value, digits) !== null;

/** A line as requests and steps write it; how many decimals its price may have depends on the currency. */
export const documentItem = z.strictObject({
  name: z.string().trim().min(1).max(2_000),
  quantity: z
    .number()
    .positive('must be more than 0: leave the line out instead')
    .max(largest)
    .refine(decimals(quantityDigits), `use at most ${quantityDigits} decimals`),
  unit: z.string().max(50).optional().describe('such as `pcs`'),
  price: z
    .number()
    .nonnegative('must not be negative: write a discount into the price of its line')
    .max(largest)
    .describe('of one unit, in the main unit of the currency'),
  tax: z
    .number()
    .nonnegative('must not be negative')
    .max(100)
    .refine(decimals(2), 'use at most 2 decimals')
    .optional()
    .describe('rate in per cent; absent: not taxed'),
});

const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'use an ISO 4217 code such as "RUB"')
  .default('RUB');

const content = {
  template: key,
  language: language.optional().describe("default: the contact's, where the template has it"),
  currency,
  taxIncluded: z.boolean().default(true).describe('prices hold the tax already'),
  items: z.array(documentItem).max(maxItems, `a document has at most ${maxItems} lines: split it`).default([]),
  data: z
    .record(identifier, z.union([z.string().max(20_000), z.number(), z.boolean()]))
    .default({})
    .describe('values of the fields that the template declares'),
};

/** What a document is made from, beside the contact that it is for. */
export const documentContent = z.strictObject(content).superRefine(checkPrices);

/** A document that somebody asks for. */
export const documentRequest = z
  .strictObject({
    contactId: z.string().min(1).max(100),
    dealId: z.string().min(1).max(100).optional(),
    ...content,
  })
  .superRefine(checkPrices);

export type DocumentContent = z.output<typeof documentContent>;

type Priced = Pick<DocumentContent, 'currency' | 'items'>;

function checkPrices({ currency, items }: Priced, issues: z.RefinementCtx): void {
  const digits = currencyDigits(currency);
  for (const [index, { price }] of items.entries()) {
    if (toUnits(price, digits) !== null) continue;
    const message = `use at most ${digits} decimals: an amount in ${currency} has no more`;
    issues.addIssue({ code: 'custom', path: ['items', index, 'price'], message });
  }
}
