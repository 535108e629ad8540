import type { ContactView } from '../engine/model/contact.ts';
import { type ContactDoc, Contacts } from './models/contact.ts';
import { after, type Page, type PageRequest, page } from './page.ts';
import { inParts } from './parts.ts';

/** The contact as decisions see it. */
export function contactView(doc: ContactDoc): ContactView {
  return {
    id: doc._id,
    ...(doc.email && { email: doc.email }),
    ...(doc.phoneKey && { phone: doc.phoneKey }),
    ...(doc.firstName && { firstName: doc.firstName }),
    ...(doc.lastName && { lastName: doc.lastName }),
    ...(doc.company && { company: doc.company }),
    ...(doc.timezone && { timezone: doc.timezone }),
    ...(doc.owner && { owner: doc.owner }),
    language: doc.language,
    attributes: doc.attributes,
    score: doc.score,
    segments: doc.segments,
    consent: doc.consent,
    suppressed: doc.suppressed,
    arms: doc.arms,
    ...(doc.money && { money: doc.money }),
    createdAt: doc.createdAt.getTime(),
  };
}

/** Contacts by the ids asked for; one that was merged away is answered by its survivor. Unknown ids are absent. */
export async function survivors(ids: readonly string[]): Promise<Map<string, ContactDoc>> {
  const asked = await inParts([...new Set(ids)], (part) => Contacts.find({ _id: { $in: part } }).lean<ContactDoc[]>());
  const found = new Map(asked.filter((doc) => doc.mergedInto === undefined).map((doc) => [doc._id, doc]));
  const merged = asked.filter((doc) => doc.mergedInto !== undefined);
  if (merged.length === 0) return found;
  // Merging keeps every id of the past on the survivor, so one more look is enough however long the chain.
  const heirs = await Contacts.find({ mergedFrom: { $in: merged.map((doc) => doc._id) } }).lean<ContactDoc[]>();
  for (const heir of heirs) {
    for (const id of heir.mergedFrom) if (heir.mergedInto === undefined && ids.includes(id)) found.set(id, heir);
  }
  return found;
}

/** The same as views, in one read for any number of contacts. */
export async function contactViews(ids: readonly string[]): Promise<Map<string, ContactView>> {
  const docs = await survivors(ids);
  return new Map([...docs].map(([id, doc]) => [id, contactView(doc)]));
}

/** Words under which a contact is found by their beginnings: normalised, because prefixes are compared byte by byte. */
export function searchWords(
  doc: Pick<ContactDoc, 'firstName' | 'lastName' | 'company' | 'emailKey' | 'phoneKey'>,
): string[] {
  const names = [doc.firstName, doc.lastName, doc.company].flatMap((text) => searchTerms(text ?? ''));
  const keys = [doc.emailKey, doc.phoneKey, doc.phoneKey?.slice(1)].filter((key) => key !== undefined);
  return [...new Set([...names, ...keys])];
}

/** Words of a text as they are searched. */
export function searchTerms(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
}

export interface ContactFilter {
  /** Beginnings of words: each must match one. */
  search?: string;
  segment?: string;
  owner?: string;
  class?: ContactView['score']['class'];
}

/** Contacts, newest first. */
export async function listContacts(filter: ContactFilter, request: PageRequest): Promise<Page<ContactDoc>> {
  const docs = await Contacts.find({
    mergedInto: { $exists: false },
    ...after(request),
    ...(filter.segment !== undefined && { segments: filter.segment }),
    ...(filter.owner !== undefined && { owner: filter.owner }),
    ...(filter.class !== undefined && { 'score.class': filter.class }),
    ...searchFilter(filter.search),
  })
    .sort({ _id: -1 })
    .limit(request.limit + 1)
    .lean<ContactDoc[]>();
  return page(docs, request);
}

/** Documents of which each word of `search` begins one in their `search`. */
export function searchFilter(search = ''): {
  $and?: { search: { $gte: string; $lt: string } | { $elemMatch: object } }[];
} {
  const terms = searchTerms(search);
  if (terms.length === 0) return {};
  // A range and not a regular expression: both servers walk the index for it, and nothing needs escaping.
  return { $and: terms.map((term) => ({ search: { $elemMatch: { $gte: term, $lt: `${term}\uffff` } } })) };
}

/** Ids of a segment's members (all contacts without one), in order, for walking through them page by page. */
export async function memberIds(segment: string | undefined, afterId: string, limit: number): Promise<string[]> {
  const docs = await Contacts.find(
    { _id: { $gt: afterId }, mergedInto: { $exists: false }, ...(segment !== undefined && { segments: segment }) },
    { _id: 1 },
  )
    .sort({ _id: 1 })
    .limit(limit)
    .lean<{ _id: string }[]>();
  return docs.map((doc) => doc._id);
}
