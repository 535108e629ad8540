import type { Json, JsonObject } from '../json.ts';
import type { ContactView } from '../model/contact.ts';
import type { DocumentSnapshot } from '../model/document.ts';
import type { ContactPolicy } from '../schema/contact-policy.ts';
import { isoDate, toLocal } from '../time/zone.ts';
import type { DocumentContent } from './request.ts';

/** What a document is made for, beside what it says. */
export interface DocumentOrder {
  contact: ContactView;
  deal?: JsonObject | undefined;
  company: ContactPolicy['company'];
  content: DocumentContent;
  /** Virtual epoch ms. */
  now: number;
}

/** Fields of a contact that documents may read and their snapshots keep: not what marketing knows of it. */
export const documentContactFields = [
  ...(['id', 'email', 'phone', 'firstName', 'lastName', 'company'] as const),
  ...(['language', 'timezone', 'owner', 'attributes'] as const),
];

/** All data of a document as they are now, but for its number. */
export function snapshotOf({ contact, deal, company, content, now }: DocumentOrder): DocumentSnapshot {
  const { language, currency, taxIncluded, items, data } = content;
  const kept = documentContactFields.flatMap((name): [string, Json][] => {
    const value = contact[name];
    return value === undefined ? [] : [[name, value]];
  });
  const { support: _, details = {}, ...known } = company;
  return {
    language: language ?? contact.language,
    at: now,
    zone: company.timezone,
    currency,
    taxIncluded,
    items,
    contact: Object.fromEntries(kept),
    company: { ...known, details },
    data,
    ...(deal !== undefined && { deal }),
  };
}

/** The year in whose numbering a document falls: that of its day at the company. */
export function seriesYear({ at, zone }: DocumentSnapshot): number {
  return Number(isoDate(toLocal(at, zone)).slice(0, 4));
}

/** A number as people read it: `INV-2026-0001`. */
export function writtenNumber(prefix: string, year: number, n: number): string {
  return `${prefix}${year}-${String(n).padStart(4, '0')}`;
}
