import type { z } from 'zod';
import type { contactAnswer, instanceAnswer, timelineEntry } from '../../../api/shapes.ts';
import type { JsonObject } from '../../../engine/json.ts';
import type { LocalizedText } from '../../../engine/model/effects.ts';

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
export interface TimelineRow {
  id: string;
  at: Instant;
  type: 'event' | 'score' | 'message' | 'step' | 'record' | 'task';
  /** Event name, rule, template, kind of step entry, kind of record, title of the task. */
  title: LocalizedText;
  process?: string;
  instance?: string;
  step?: string;
  detail: JsonObject;
}

export type RowType = TimelineRow['type'];

export type Instance = z.infer<typeof instanceAnswer>;

/** One decision of an instance. */
export type Entry = z.infer<typeof timelineEntry>;

/** Where an instance stands, since when, and what was decided there last. */
export interface Why {
  standing: { step: string; since: Instant; last: Entry }[];
}

export type InstanceStatus = Instance['status'];

/** How many instances are in each status, stand at each step, ended in each way. */
export interface ProcessCounts {
  steps: Record<string, number>;
  statuses: Partial<Record<InstanceStatus, number>>;
  outcomes: Record<string, number>;
  incidents: number;
  /** Instances at an incident, by step. */
  incidentSteps: Record<string, number>;
}

interface Head {
  key: string;
  name: LocalizedText;
  enabled: boolean;
  live?: { hash: string; version: number };
  hasDraft: boolean;
}

/** A process in the list. */
export interface ProcessLine extends Head {
  description?: LocalizedText;
  counts: ProcessCounts;
}

/** One process, with what is live and what is drafted. */
export interface ProcessHead extends Head {
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
