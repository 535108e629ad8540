import type { z } from 'zod';
import type { processCounts, processLine } from '../../../api/routes/overview.ts';
import type { timelineRow } from '../../../api/routes/timeline.ts';
import type { contactAnswer, instanceAnswer, timelineEntry } from '../../../api/shapes.ts';
import type { JsonObject } from '../../../engine/json.ts';

/** One page of a list; `next` is the cursor of the page after it. */
export interface Page<T> {
  items: T[];
  next?: string;
}

/** Times in answers of the API: ISO 8601. */
type Instant = string;

export interface MailLine {
  id: string;
  kind: 'email' | 'sms';
  from: string;
  to: string[];
  subject: string;
  text: string;
  receivedAt: Instant;
}

export interface Mail extends MailLine {
  html?: string;
  source?: string;
}

export type Contact = z.infer<typeof contactAnswer>;

/** One line of a contact's timeline: all that ever happened to it, in one order. */
export type TimelineRow = z.infer<typeof timelineRow>;

export type RowType = TimelineRow['type'];

export type Instance = z.infer<typeof instanceAnswer>;

/** One decision of an instance. */
export type Entry = z.infer<typeof timelineEntry>;

/** Where an instance stands, since when, and what was decided there last. */
export interface Why {
  standing: { step: string; since: Instant; last: Entry }[];
}

export type ProcessCounts = z.infer<typeof processCounts>;

/** A process in the list. */
export type ProcessLine = z.infer<typeof processLine>;

/** One process, with what is live and what is drafted. */
export interface ProcessHead extends Omit<ProcessLine, 'description' | 'statuses' | 'incidents'> {
  body?: JsonObject;
  draft?: JsonObject;
}

export interface Version {
  hash: string;
  version: number;
  body: JsonObject;
  publishedAt: Instant;
  publishedBy: string;
}
